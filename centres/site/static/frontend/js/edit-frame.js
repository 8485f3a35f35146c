/**
 * Click to edit: a frame around what the pointer or the keyboard is on, with a link to its form in the admin.
 *
 * An element says where its form is: data-edit="…" with the editUrl of the graph. The body may say the words of the link in
 * data-edit-label. Load it where drafts are shown, and nowhere else: the public gets no editUrl.
 */
const frame = document.createElement("div");
const link = document.createElement("a");

link.textContent = document.body.dataset.editLabel ?? "Edit";
// In the preview panel the form is around it; the admin scrolls there and keeps what was typed.
link.target = parent === self ? "_blank" : "_parent";
link.rel = "noopener noreferrer";
link.style.cssText =
  "position:absolute;top:0;right:0;padding:.25em .75em;color:#fff;background:#00676a;font:600 14px/1.5 system-ui;pointer-events:auto";
frame.style.cssText =
  "position:absolute;z-index:99;display:none;pointer-events:none;outline:2px solid #00676a;outline-offset:2px";
frame.append(link);
document.body.append(frame);

function draw(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  link.href = element.dataset.edit;
  Object.assign(frame.style, {
    display: "block",
    left: `${left + scrollX}px`,
    top: `${top + scrollY}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

function follow({ target }) {
  if (frame.contains(target)) return;
  const element = target.closest?.("[data-edit]");
  if (element) draw(element);
  else frame.style.display = "none";
}

addEventListener("pointerover", follow);
addEventListener("focusin", follow);
