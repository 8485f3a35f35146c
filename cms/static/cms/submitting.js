// What is sent is sent once, and what saves itself never takes a step and never runs beside it.
const form = document.querySelector("[data-edit-form]");
const PAUSE = 500; // milliseconds that Wagtail waits before it sends what saves itself
let saving = null; // the event with which that began
let since = 0;
let sent = false;
let again = false; // the form is sent a second time, after what was waited for

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

// A save that is under way says in its response what the form stands on and, of something new, where it goes to. Sent
// before, the form would meet its own save as somebody else's, or make a second page.
const LONGEST = 20_000; // milliseconds; then it is sent all the same
const isUnderWay = () => Boolean(saving) && !saving.defaultPrevented;
const afterSaving = (go) => {
  let waiting = true;
  const once = () => {
    if (waiting) go();
    waiting = false;
  };
  for (const kind of ["success", "error"]) document.addEventListener(`w-autosave:${kind}`, once, { once: true });
  setTimeout(once, LONGEST);
};

form?.addEventListener("submit", (event) => {
  if (event.defaultPrevented || again) return;
  if (sent) {
    event.preventDefault();
    return;
  }
  stop();
  if (!isUnderWay()) return;
  event.preventDefault();
  const { submitter } = event;
  afterSaving(() => {
    again = true;
    if (submitter) submitter.disabled = false; // Wagtail marks it as busy, and the browser would leave it out
    form.requestSubmit(submitter);
    again = false;
  });
});

// A dialog of a step sends the form without an event.
if (form) {
  const plain = form.submit;
  form.submit = () => {
    if (sent) return;
    stop();
    if (isUnderWay()) afterSaving(() => plain.call(form));
    else plain.call(form);
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
