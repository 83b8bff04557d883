"""Tells whether a webhook is from Leftoff (Standard Webhooks). The body comes by standard input, the headers by variables."""

import base64
import hashlib
import hmac
import os
import sys
import time

TOLERANCE = 5 * 60


def is_genuine(secret, headers, body, now):
    message_id, sent = headers["webhook-id"], headers["webhook-timestamp"]
    if not sent.isdigit() or abs(now - int(sent)) > TOLERANCE:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{sent}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # While a secret rotates there are several signatures, with spaces between.
    found = [pair.split(",", 1) for pair in headers["webhook-signature"].split(" ") if "," in pair]
    return any(version == "v1" and hmac.compare_digest(sign, expected) for version, sign in found)


headers = {
    "webhook-id": os.environ["WEBHOOK_ID"],
    "webhook-timestamp": os.environ["WEBHOOK_TIMESTAMP"],
    "webhook-signature": os.environ["WEBHOOK_SIGNATURE"],
}
# The body as it came, before anything parses it.
if not is_genuine(os.environ["WEBHOOK_SECRET"], headers, sys.stdin.buffer.read(), time.time()):
    sys.exit("not from Leftoff, or too old")
print("from Leftoff")
