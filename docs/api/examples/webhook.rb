# Tells whether a webhook is from Leftoff (Standard Webhooks). The body comes by standard input, the headers by variables.

require "openssl"

TOLERANCE = 5 * 60

def genuine?(secret, headers, body, now)
  message_id, sent = headers.values_at("webhook-id", "webhook-timestamp")
  return false unless sent.match?(/\A\d+\z/) && (now - sent.to_i).abs <= TOLERANCE

  key = secret.delete_prefix("whsec_").unpack1("m")
  expected = [OpenSSL::HMAC.digest("SHA256", key, "#{message_id}.#{sent}.".b + body)].pack("m0")
  # While a secret rotates there are several signatures, with spaces between.
  headers["webhook-signature"].split.any? do |pair|
    version, sign = pair.split(",", 2)
    version == "v1" && OpenSSL.secure_compare(sign.to_s, expected)
  end
end

headers = {
  "webhook-id" => ENV.fetch("WEBHOOK_ID"),
  "webhook-timestamp" => ENV.fetch("WEBHOOK_TIMESTAMP"),
  "webhook-signature" => ENV.fetch("WEBHOOK_SIGNATURE")
}
# The body as it came, before anything parses it.
body = $stdin.binmode.read
abort "not from Leftoff, or too old" unless genuine?(ENV.fetch("WEBHOOK_SECRET"), headers, body, Time.now.to_i)
puts "from Leftoff"
