# Prints what happened so far, and the cursor to go on with later: ruby events.rb [CURSOR]

require "json"
require "net/http"

def page(cursor)
  uri = URI("#{ENV.fetch('LEFTOFF_URL')}/api/v1/events")
  uri.query = URI.encode_www_form({ limit: 100, cursor: cursor }.compact)
  answer = Net::HTTP.get_response(uri, { "Authorization" => "Bearer #{ENV.fetch('LEFTOFF_API_KEY')}" })
  abort answer.body unless answer.is_a?(Net::HTTPSuccess)
  JSON.parse(answer.body)
end

cursor = ARGV.first
loop do
  events = page(cursor)
  events["data"].each { |event| puts event.values_at("occurred_at", "type", "inquiry_id").join(" ") }
  cursor = events["next_cursor"]
  break unless events["has_more"]
end

puts "cursor #{cursor}"
