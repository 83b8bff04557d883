"""What Persona's tutorial on embedded flows with inquiries made beforehand has a backend do, in Flask.

Fewer duties than Leftoff's: no link, no device, no ledger, no receipt, no database. An inquiry that expired is not found.
"""

import os

import requests
from flask import Flask, jsonify, render_template, request

API_KEY = os.environ["API_KEY"]
API_URL = os.environ["API_URL"]
HEADERS = {"Authorization": f"Bearer {API_KEY}", "Persona-Version": "2025-10-27"}
TIMEOUT = 15

app = Flask(__name__)


@app.get("/livez")
def alive():
    return "ok"


@app.get("/")
def onboarding():
    """The user of the address stands in for one who is signed in."""
    return render_template(
        "onboarding.html",
        user=request.args["user"],
        host=os.environ["FLOW_HOST"],
        sdk=os.environ["SDK_URL"],
    )


@app.post("/api/inquiries/get")
def get_inquiry():
    """The user's unfinished inquiry, with a session token when one is needed."""
    found = unfinished(request.json["user"])
    if found is None:
        return jsonify(error="nothing to resume"), 404
    token = resume(found["id"]) if found["attributes"]["status"] == "pending" else None
    return jsonify(inquiry_id=found["id"], session_token=token)


@app.post("/resume/<inquiry>")
def resume_inquiry(inquiry):
    return jsonify({"inquiry-id": inquiry, "session-token": resume(inquiry)})


def unfinished(user):
    query = {"filter[reference-id]": user, "filter[status]": "created,pending", "page[size]": 1}
    answer = requests.get(f"{API_URL}/inquiries", params=query, headers=HEADERS, timeout=TIMEOUT)
    answer.raise_for_status()
    return next(iter(answer.json()["data"]), None)


def resume(inquiry):
    answer = requests.post(
        f"{API_URL}/inquiries/{inquiry}/resume", json={"meta": {}}, headers=HEADERS, timeout=TIMEOUT
    )
    answer.raise_for_status()
    return answer.json()["meta"]["session-token"]
