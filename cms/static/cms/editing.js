// The preview follows the typing within a second. Wagtail looks twice a second whether a form has changed and then waits
// half a second for the next key; and what was typed while a draft was being kept it takes for kept, and does not show.
const REST = 150; // milliseconds without a key
const form = document.querySelector("[data-edit-form]");
const state = () => new URLSearchParams(new FormData(form)).toString();
let timer = 0;
let shown = "";

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    shown = state();
    document.dispatchEvent(new CustomEvent("w-unsaved:add", { cancelable: true, detail: { type: "edits" } }));
  }, REST);
});

// Wagtail's own notice comes later. It keeps the draft, but needs no second preview of the same.
form?.addEventListener("w-unsaved:add", (event) => {
  if (shown === state()) event.stopPropagation();
});
