// What the pages of ops do beyond forms and links; without it they still work.

// The reader's time zone goes along when somebody signs in.
for (const field of document.querySelectorAll("input[data-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

// On a phone the sections scroll sideways; the one that is open stands in sight.
const sections = document.querySelector(".sections");
const here = sections?.querySelector("[aria-current]");
if (here) sections.scrollLeft = here.offsetLeft - (sections.clientWidth - here.offsetWidth) / 2;

// A button that copies what stands in a field.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(field.value ?? field.textContent);
  const name = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = name; }, 2000);
});

// One box that ticks all the others of its form.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.matches?.("input[data-all]")) {
    for (const other of box.form.querySelectorAll(`input[name="${box.dataset.all}"]`)) other.checked = box.checked;
  }
});

// A filter that is picked is applied at once.
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-submit]")) event.target.form.requestSubmit();
});

// Texts and bars that follow the server: {"name": "text"} for data-live="name".
const live = document.querySelector("[data-live-from]");
if (live) {
  new EventSource(live.dataset.liveFrom).addEventListener("message", (event) => {
    for (const [name, text] of Object.entries(JSON.parse(event.data))) {
      for (const place of document.querySelectorAll(`[data-live="${CSS.escape(name)}"]`)) {
        if (place instanceof HTMLProgressElement) place.value = Number(text);
        else if (place.textContent !== text) place.textContent = text;
      }
    }
  });
}
