// Speaks the browser SDK's frame protocol for the simulated flow: load, ready, start, complete, fail, exit, error out;
// open, exit, destroy in.
"use strict";

const flow = document.getElementById("flow");
const facts = flow.dataset;
const section = (id) => document.getElementById(id);
const show = (id, shown) => section(id)?.toggleAttribute("hidden", !shown);

function post(name, parts = {}) {
  if (!facts.targetOrigin || window.parent === window) return;
  const message = { containerId: facts.containerId, name, ...parts };
  if (facts.templateId) message.templateId = facts.templateId;
  if (facts.templateVersionId) message.templateVersionId = facts.templateVersionId;
  window.parent.postMessage(message, facts.targetOrigin);
}

function postError(status, code, message) {
  post("error", { error: { status, code, message } });
}

function leave() {
  show("leave", false);
  post("exit", { metadata: { inquiryId: facts.inquiryId, sessionToken: facts.sessionToken } });
}

function expire() {
  for (const id of ["begin", "finish", "trouble", "leave"]) show(id, false);
  show("expired", true);
  postError(409, "unauthenticated", "The session is no longer valid.");
}

function showChoices() {
  show("begin", !("started" in facts));
  show("finish", "started" in facts);
}

function finished(name, outcome) {
  for (const id of ["begin", "finish", "trouble", "leave"]) show(id, false);
  show("done", true);
  post(name, { metadata: { inquiryId: facts.inquiryId, status: outcome.status, fields: outcome.fields } });
}

async function press(action) {
  const response = await fetch(`/flow/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ "inquiry-id": facts.inquiryId, "session-token": facts.sessionToken }),
  });
  if (response.status === 409) return expire();
  if (!response.ok) return postError(0, "application_error", "The simulator did not answer as expected.");
  const outcome = await response.json();
  if (action === "start") {
    facts.started = "";
    showChoices();
    return post("start", { metadata: { inquiryId: facts.inquiryId } });
  }
  finished(action === "fail" ? "fail" : "complete", outcome);
}

function denyCamera() {
  post("camera-permissions-check-result", {
    metadata: { hasCameraPermission: false, hasMicrophonePermission: false, requestedMicrophone: false },
  });
  post("load-camera-failed");
  section("status").textContent = "The camera was denied.";
}

const actions = {
  start: () => press("start"),
  finish: () => press("finish"),
  approve: () => press("approve"),
  fail: () => press("fail"),
  review: () => press("review"),
  cancel: leave,
  leave,
  stay: () => show("leave", false),
  error: () => postError(0, "application_error", "An error was asked for."),
  camera: denyCamera,
  lose: expire,
};

flow.addEventListener("click", (event) => {
  const action = event.target.closest("button")?.dataset.action;
  if (!action) return;
  Promise.resolve(actions[action]()).catch(() => postError(0, "application_error", "The simulator can't be reached."));
});

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== facts.parentOrigin) return;
  const { action, metadata } = event.data ?? {};
  if (action === "exit" && metadata?.force) leave();
  else if (action === "exit") show("leave", true);
  // "open" and "destroy" ask nothing of a page that is complete and keeps nothing.
});

post("load");
if (facts.errorCode) {
  postError(Number(facts.errorStatus), facts.errorCode, "This check can't be opened.");
} else {
  showChoices();
  const dimensions = { minimumWidth: "360px", maximumWidth: "400px", minimumHeight: "650px", maximumHeight: "650px" };
  post("ready", { metadata: { preferredDimensions: "inline" in facts ? null : dimensions, styles: { borderRadius: "16px" } } });
}
