// A line of the list of what is missing leads to its field, on another tab too. Wagtail does so only when a page opens.
const MARK = "#:w:contentpath=";

const placeOf = (path) => {
  let place = document;
  for (const name of path.split(".").filter(Boolean)) {
    const inside = place.querySelector(`[data-contentpath="${CSS.escape(name)}"]`);
    place = inside ?? document.getElementById(`id_${name}-FORMS`) ?? place;
  }
  return place === document ? null : place;
};

const show = (place) => {
  place.scrollIntoView({ block: "center" });
  const field = place.querySelector("input:not([type=hidden]), select, textarea, [contenteditable=true]");
  (field ?? place.querySelector("button:not([data-comment-add])"))?.focus();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(`.missing a[href^="${MARK}"]`);
  const place = link && placeOf(link.getAttribute("href").slice(MARK.length));
  if (!place) return;
  event.preventDefault();
  const panel = place.closest("[role=tabpanel]");
  if (!panel?.hidden) {
    show(place);
    return;
  }
  document.querySelector(`[role=tab][aria-controls="${panel.id}"]`)?.click();
  const wait = () => (panel.hidden ? requestAnimationFrame(wait) : show(place));
  wait();
});

// Wagtail says why it did not save in a bubble that only a mouse opens.
const indicator = document.querySelector(".w-autosave-indicator__state--paused .w-autosave-indicator__text");
const paused = indicator?.textContent;
document.addEventListener("w-autosave:error", (event) => {
  if (!indicator) return;
  indicator.setAttribute("role", "status");
  indicator.textContent = `${paused.trim()}. ${event.detail.text ?? ""}`;
});
