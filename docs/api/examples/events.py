"""Prints what happened so far, and the cursor to go on with later: python3 events.py [CURSOR]"""

import json
import os
import sys
import urllib.parse
import urllib.request


def page(cursor):
    query = {"limit": 100} | ({"cursor": cursor} if cursor else {})
    request = urllib.request.Request(
        os.environ["LEFTOFF_URL"] + "/api/v1/events?" + urllib.parse.urlencode(query),
        headers={"Authorization": "Bearer " + os.environ["LEFTOFF_API_KEY"]},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


cursor = sys.argv[1] if len(sys.argv) > 1 else None
has_more = True
while has_more:
    events = page(cursor)
    for event in events["data"]:
        print(event["occurred_at"], event["type"], event["inquiry_id"])
    cursor, has_more = events["next_cursor"], events["has_more"]

print("cursor", cursor)
