# Makes a link for an inquiry: ruby links.rb inq_…

require "json"
require "net/http"
require "securerandom"

def make_link(body, name)
  uri = URI("#{ENV.fetch('LEFTOFF_URL')}/api/v1/links")
  headers = {
    "Authorization" => "Bearer #{ENV.fetch('LEFTOFF_API_KEY')}",
    "Content-Type" => "application/json",
    "Idempotency-Key" => name
  }
  answer = Net::HTTP.post(uri, JSON.generate(body), headers)
  abort answer.body unless answer.is_a?(Net::HTTPSuccess)
  [JSON.parse(answer.body), answer["Idempotency-Replayed"] == "true"]
end

name = SecureRandom.uuid
body = { inquiry_id: ARGV.fetch(0), reason: "person-asked" }

first, = make_link(body, name)
# The answer was lost? The same request under the same name gives it again and makes no second link.
again, is_replayed = make_link(body, name)
abort "a second link was made" unless is_replayed && again == first

puts again.fetch("url")
