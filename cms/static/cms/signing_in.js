// A session that ended: the sign-in opens above the form, and the form goes on saving with the token of the new session.
const form = document.querySelector("[data-edit-form]");
const texts = JSON.parse(document.getElementById("signing-in")?.textContent ?? "{}");
let dialog = null;

const goOn = (token) => {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
  dialog.close();
  dialog.remove();
  dialog = null;
  form.dataset.wAutosaveActiveValue = "true";
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
};

const ask = () => {
  if (dialog) return;
  dialog = document.createElement("dialog");
  dialog.className = "sign-in";
  dialog.setAttribute("aria-labelledby", "signing-in-title");
  const title = document.createElement("h2");
  title.id = "signing-in-title";
  title.textContent = texts.title;
  const words = document.createElement("p");
  words.textContent = texts.words;
  const frame = document.createElement("iframe");
  frame.title = texts.frame;
  frame.addEventListener("load", () => {
    const token = frame.contentDocument?.querySelector("[data-signed-in]")?.dataset.signedIn;
    if (token) goOn(token);
  });
  frame.src = texts.address;
  dialog.append(title, words, frame);
  document.body.append(dialog);
  dialog.showModal();
};

document.addEventListener("w-autosave:error", (event) => {
  if (event.target === form && event.detail.response?.error_code === "signed_out") ask();
});
