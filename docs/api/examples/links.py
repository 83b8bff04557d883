"""Makes a link for an inquiry: python3 links.py inq_…"""

import json
import os
import sys
import urllib.request
import uuid


def make_link(body, name):
    request = urllib.request.Request(
        os.environ["LEFTOFF_URL"] + "/api/v1/links",
        data=json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["LEFTOFF_API_KEY"],
            "Content-Type": "application/json",
            "Idempotency-Key": name,
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer), answer.headers.get("Idempotency-Replayed") == "true"


name = str(uuid.uuid4())
body = {"inquiry_id": sys.argv[1], "reason": "person-asked"}

first, _ = make_link(body, name)
# The answer was lost? The same request under the same name gives it again and makes no second link.
again, is_replayed = make_link(body, name)
assert is_replayed and again == first

print(again["url"])
