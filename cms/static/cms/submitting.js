// What is sent is sent once, and what saves itself never takes a step and never runs beside it.
const form = document.querySelector("[data-edit-form]");
const PAUSE = 500; // milliseconds that Wagtail waits before it sends what saves itself
let saving = null; // the event with which that began
let since = 0;
let sent = false;

const isAction = (name) => name.startsWith("action-") || name.startsWith("workflow-action-");

document.addEventListener(
  "w-autosave:save",
  (event) => {
    if (event.target !== form) return;
    const data = event.detail.formData;
    for (const name of [...data.keys()].filter(isAction)) data.delete(name);
    if (sent) event.preventDefault();
    saving = event;
    since = performance.now();
  },
  true,
);

for (const kind of ["success", "error"]) {
  document.addEventListener(
    `w-autosave:${kind}`,
    () => {
      saving = null;
    },
    true,
  );
}

// Wagtail reads this mark of the event when it begins to send.
const stop = () => {
  sent = true;
  form.dataset.wAutosaveActiveValue = "false";
  if (saving && performance.now() - since < PAUSE) saving.preventDefault();
};

form?.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (sent) {
    event.preventDefault();
    return;
  }
  stop();
});

// A dialog of a step sends the form without an event.
if (form) {
  const plain = form.submit;
  form.submit = () => {
    if (sent) return;
    stop();
    plain.call(form);
  };
}

// Whoever comes back finds the form as it was left, and can send it again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

// Who cannot edit what waits for somebody reads it.
if (document.querySelector("[data-read-only]")) {
  for (const part of form.children) {
    if (!part.matches("footer") && !part.querySelector("footer")) part.inert = true;
  }
  for (const part of form.querySelectorAll("[role=tabpanel], .w-form-width")) part.inert = true;
}
