/**
 * Shows what stands at the address, and moves from page to page without loading the frame again.
 *
 * Links are real links. Where a script fails, or for whatever is not simply a page in this language (another language,
 * a redirect, a page that is gone), the browser follows them by itself and the server answers in the right status.
 */
import { ask, Refused } from "./api.js";
import { h } from "./dom.js";
import { place } from "./head.js";
import { masthead, more, render } from "./pages.js";
import { hue, site } from "./site.js";
import { words } from "./words.js";

const main = document.querySelector("main");
const VIEWS = {
  calendar: () => import("./calendar.js"),
  search: () => import("./search.js"),
  preview: () => import("./preview.js"),
};
let running = null;
let here = "";

/** What stands at a path: its title, colour, page and content. Null for what only the server can answer. */
async function load(path, search, signal) {
  const view = site.routes[path]?.view ?? (path === site.path ? site.view : "");
  if (VIEWS[view]) return (await VIEWS[view]()).load(search, signal);
  const { route } = await ask("page", { path }, signal);
  if (route?.__typename !== "PageRoute") return null;
  const { page } = route;
  const title = page.breadcrumbs.length > 1 ? page.seo.title : "";
  return { title, page, colour: hue(page.__typename === "CentrePage" ? page : page.centre), content: render(page, await more(page)) };
}

/** Show what stands at an address. The first time, the server's frame is already there and the focus stays where it is. */
async function show(address, { first = false, top = 0 } = {}) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  main.setAttribute("aria-busy", "true");
  here = ""; // who turns back before it is there, or after it failed, gets the page before anew
  try {
    const found = await load(address.pathname, address.search, signal);
    if (signal.aborted) return;
    if (!found) return location.assign(address);
    here = address.pathname + address.search;
    await change(() => {
      main.replaceChildren(found.content);
      if (!first || site.path !== address.pathname) place(address.pathname, found);
    }, first);
    arrive(address, first, top);
  } catch (error) {
    if (signal.aborted) return;
    failed(error, address);
    arrive(address, false, 0);
    if (!(error instanceof TypeError || error instanceof Refused)) throw error;
  } finally {
    if (!signal.aborted) main.removeAttribute("aria-busy");
  }
}

/** Let the browser blend the old page into the new one, where it can and the reader does not mind. */
async function change(update, first) {
  if (first || !document.startViewTransition || matchMedia("(prefers-reduced-motion: reduce)").matches) return update();
  await document.startViewTransition(update).updateCallbackDone;
}

/** Bring the reader to the place that was asked for; keyboard and screen reader go on from its heading. */
function arrive({ hash }, first, top) {
  const target = named(hash);
  if (target) {
    target.closest("details")?.setAttribute("open", "");
    target.scrollIntoView();
  } else if (!first) scrollTo(0, top);
  if (first) return;
  const place = target?.matches("[tabindex]") ? target : (target?.querySelector("h2, h3, a") ?? target ?? main.querySelector("h1"));
  if (place?.tabIndex < 0) place.setAttribute("tabindex", "-1"); // a heading takes no focus by itself
  place?.focus({ preventScroll: true });
}

/** The element that the part of an address behind # names; null for what is no name, such as half a letter. */
function named(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}

function failed(error, address) {
  globalThis.early = {}; // what else was asked for early has failed as well, and is asked for anew
  const again = h("button", { type: "button", class: "button", click: () => show(address) }, words.retry);
  main.replaceChildren(h("div", null, masthead({ title: words.failed, summary: words.failedText }), h("p", { class: "actions column" }, again)));
  document.title = `${words.failed} – ${site.site.name}`;
  if (error instanceof Refused) console.error(error.code, error.message);
}

/** Whether a click is a plain move to another page of this language. */
function isMove(event, link) {
  return link && link.origin === location.origin && link.pathname.startsWith(`/${site.locale}/`) && !link.closest(".languages") &&
    !link.hasAttribute("download") && !link.target && event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) && !(link.hash && link.pathname === location.pathname);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (event.defaultPrevented || !isMove(event, link)) return;
  event.preventDefault();
  document.getElementById("menu-list").hidePopover?.();
  history.replaceState({ top: scrollY }, "");
  // As browsers do: who follows a link to where they are goes back from there in one step.
  if (link.href === location.href) history.replaceState(null, "");
  else history.pushState(null, "", link.href);
  show(new URL(link.href));
});
addEventListener("popstate", ({ state }) => {
  if (location.pathname + location.search === here) arrive(location, false, state?.top ?? 0);
  else show(new URL(location), { top: state?.top ?? 0 });
});
history.scrollRestoration = "manual";

// What the server could not find it has already said, in words and in the status.
if (site.view !== "error") show(new URL(location), { first: true });
if ("serviceWorker" in navigator && isSecureContext) {
  // These modules wait for the words of the language; the page does not wait for them.
  if (document.readyState === "complete") keep();
  else addEventListener("load", () => keep(), { once: true });
}

/** Keep what was read for a time without a network: also what was loaded before the worker was there. */
async function keep() {
  if (site.view === "preview") return;
  const registration = await navigator.serviceWorker.register(site.serviceWorker).catch(() => null);
  const worker = registration && (registration.installing ?? registration.waiting ?? registration.active);
  if (!worker || navigator.serviceWorker.controller) return;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(location.origin));
  worker.postMessage([location.href, ...loaded]);
}
