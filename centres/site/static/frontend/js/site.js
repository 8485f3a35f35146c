/** What a script adds to pages that are complete without one: search as one types, lists that grow in place, offline. */
const PAUSE = 200; // milliseconds without a key before a question is asked
const BROKEN = "data-failed";
let running = null;

/** Fetch a page of this site. Throws TypeError where no answer came, AbortError where a newer question followed. */
async function fetched(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!response.ok) throw new TypeError(`${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** The address that a form leads to, without what was left empty. */
function target(form) {
  const address = new URL(form.action);
  const kept = new URLSearchParams(location.search);
  for (const key of ["type", "centre"])
    if (form.role === "search" && kept.get(key)) address.searchParams.set(key, kept.get(key));
  for (const [key, value] of new FormData(form)) if (value) address.searchParams.set(key, value);
  return address;
}

/** Put new content into a part of the page. The line that is read aloud stays the same element, or it would not be. */
function swap(part, found) {
  const status = part.querySelector("[role=status]");
  const fresh = found.querySelector("[role=status]");
  if (!status || !fresh) return part.replaceChildren(...found.children);
  status.replaceChildren(...fresh.childNodes);
  for (const child of [...part.children]) if (child !== status) child.remove();
  for (const child of [...found.children]) {
    if (child === fresh) continue;
    if (child.compareDocumentPosition(fresh) & Node.DOCUMENT_POSITION_FOLLOWING) status.before(child);
    else part.append(child);
  }
}

/** Show what a form would lead to in the part of the page that changes; the address says what is shown. */
async function show(form, part) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const address = target(form);
  part.setAttribute("aria-busy", "true");
  try {
    swap(part, (await fetched(address, signal)).querySelector(`#${part.id}`));
    history.replaceState(history.state, "", address);
  } catch (error) {
    if (error.name === "AbortError") return;
    form.setAttribute(BROKEN, ""); // from now on the browser sends it by itself, and says what is wrong
    form.submit();
  }
  part.removeAttribute("aria-busy");
}

const search = document.querySelector(".search .search-form");
const found = document.querySelector("#found");
if (search && found) {
  let timer = 0;
  const ask = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => show(search, found), pause);
  };
  const field = search.elements.q;
  field.addEventListener("input", () => ask(PAUSE));
  search.addEventListener("submit", (event) => {
    if (search.hasAttribute(BROKEN)) return;
    event.preventDefault();
    ask(0);
  });
  // Somebody may have typed before this script was here.
  if (field.value.trim() !== field.defaultValue.trim()) ask(0);
}

for (const form of document.querySelectorAll("[data-live]")) {
  form.classList.add("scripted");
  form.addEventListener("change", () => show(form, document.querySelector(form.dataset.live)));
}

/** A list grows at its end: the next part comes into the page, and the focus goes to the first that is new. */
async function grow(link) {
  const wanted = link.dataset.more;
  const list = [...document.querySelectorAll(wanted)].at(-1);
  if (list.hasAttribute("aria-busy")) return; // who presses twice asks once
  list.setAttribute("aria-busy", "true");
  try {
    const next = await fetched(link.href);
    const added = [...[...next.querySelectorAll(wanted)].at(-1).children].filter(
      (child) => !child.matches(".choices, .status, .subscribe, .actions:not(:has([data-more])), h2"),
    );
    const place = link.closest("p");
    const further = next.querySelector(`[data-more="${wanted}"]`)?.closest("p");
    if (list.contains(place)) place.before(...added.filter((child) => child !== further));
    else list.append(...added);
    if (further) place.replaceWith(further);
    else place.remove();
    const first = added[0]?.querySelector("a, h2, h3") ?? added[0];
    if (first && first.tabIndex < 0) first.setAttribute("tabindex", "-1");
    first?.focus();
  } catch {
    location.assign(link.href);
  }
  list.removeAttribute("aria-busy");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-more]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  grow(link);
});

/** Open what hides the place that the address names. */
function reveal() {
  let place = null;
  try {
    place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return; // half a letter is no name
  }
  for (let hidden = place?.closest("details:not([open])"); hidden; hidden = place.closest("details:not([open])"))
    hidden.open = true;
  place?.querySelector(":scope > details")?.setAttribute("open", "");
  if (place) place.scrollIntoView();
}
if (location.hash.length > 1) reveal();
addEventListener("hashchange", reveal);
// Paper has no buttons: what is folded is printed as well.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("main details")) part.open = true;
});

/** Keep what was read for a time without a network: also what was loaded before the worker was there. */
async function keep(worker) {
  const registration = await navigator.serviceWorker.register(worker).catch(() => null);
  const active = registration && (registration.installing ?? registration.waiting ?? registration.active);
  if (!active || navigator.serviceWorker.controller) return;
  const loaded = performance
    .getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((name) => name.startsWith(location.origin));
  active.postMessage([location.href, ...loaded]);
}
const { worker } = document.body.dataset;
if (worker && "serviceWorker" in navigator && isSecureContext) {
  if (document.readyState === "complete") keep(worker);
  else addEventListener("load", () => keep(worker), { once: true });
}
