/**
 * What a script adds to pages that are complete without one: search as one types, lists that grow in place, moving
 * without loading everything again, offline.
 */
const PAUSE = 200; // milliseconds without a key before a question is asked
const BROKEN = "data-failed";
const LASTING = "style, script[type=module]"; // what all pages have in common
let running = null;

/** Fetch a page of this site. Throws TypeError where it did not come, AbortError where a newer question followed. */
async function fetched(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) throw new TypeError(`${response.status}`);
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
  if (!form.isConnected) return; // somebody has moved on
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

/** Search as one types. */
function seek() {
  const search = document.querySelector(".search .search-form");
  const found = document.querySelector("#found");
  if (!search || !found) return;
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

/** Make the page that is here do what it does only with a script. Returns the place that the address names, if any. */
function begin() {
  seek();
  for (const form of document.querySelectorAll("[data-live]")) {
    form.classList.add("scripted");
    form.addEventListener("change", () => show(form, document.querySelector(form.dataset.live)));
  }
  return location.hash.length > 1 ? reveal() : null;
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

/** Open what hides the place that the address names, and return the place; null where there is none. */
function reveal() {
  let place = null;
  try {
    place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // half a letter is no name
  }
  for (let hidden = place?.closest("details:not([open])"); hidden; hidden = place.closest("details:not([open])"))
    hidden.open = true;
  place?.querySelector(":scope > details")?.setAttribute("open", "");
  place?.scrollIntoView();
  return place;
}
addEventListener("hashchange", reveal);
begin();
// Paper has no buttons: what is folded is printed as well.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("main details")) part.open = true;
});

/** Put another page in the place of this one. Throws TypeError for one that has another look or another script. */
function replace(next) {
  const common = (page) => [...page.head.querySelectorAll(LASTING)].map((part) => part.src || part.textContent).join();
  if (common(next) !== common(document)) throw new TypeError("another version of the site");
  for (const name of ["lang", "data-hue"]) {
    const value = next.documentElement.getAttribute(name);
    if (value === null) document.documentElement.removeAttribute(name);
    else document.documentElement.setAttribute(name, value);
  }
  const own = `:scope > :not(${LASTING})`;
  for (const old of document.head.querySelectorAll(own)) old.remove();
  document.head.append(...next.head.querySelectorAll(own));
  document.body.replaceChildren(...next.body.childNodes);
  (begin() ?? document.querySelector("h1")).focus({ preventScroll: true });
}

/** Move to another page of the site. What cannot be shown so, the browser loads by itself. */
async function move(address, signal) {
  running?.abort();
  try {
    replace(await fetched(address, signal));
  } catch {
    if (!signal.aborted) location.reload(); // the address is the new one already
  }
}

// The browser takes care of the history and of where one was reading (HTML Standard, Navigation API).
globalThis.navigation?.addEventListener("navigate", (event) => {
  const { pathname } = new URL(event.destination.url);
  const moves = event.navigationType === "push" || event.navigationType === "traverse";
  const leaves = event.hashChange || event.downloadRequest !== null || event.formData;
  if (!event.canIntercept || !moves || leaves || "preview" in document.body.dataset) return;
  if (/^\/[a-z]{2}\/[^.]*$/.test(pathname))
    event.intercept({ focusReset: "manual", handler: () => move(event.destination.url, event.signal) });
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
