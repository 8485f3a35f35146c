/** The draft behind a preview token, as the public will see it; in the editor's panel it stays where one was reading. */
import { ask, Refused } from "./api.js";
import { h } from "./dom.js";
import { masthead, more, render } from "./pages.js";
import { hue, site } from "./site.js";
import { words } from "./words.js";

const STATES = {
  PREVIEW_TOKEN_EXPIRED: () => [words.previewExpired, words.previewExpiredText, h("p", { class: "actions column" }, h("a", { class: "button", href: `${site.renew}${location.search}` }, words.renew))],
  PREVIEW_TOKEN_INVALID: () => [words.previewInvalid, words.previewInvalidText],
};
const IN_PANEL = parent !== self;
const PLACE = "preview-place";

/** What the preview shows for the query string with the token. */
export async function load(search, signal) {
  const token = new URLSearchParams(search).get("token") ?? "";
  try {
    const { preview: page } = await drafted(token, signal);
    const extra = page.kind === "AWARD" || page.kind === "QUALITY_SIGN" ? { programme: (await ask("preview_years", { token }, signal)).preview } : await more(page);
    const note = h("p", { class: "preview-note", role: "status" }, words.previewNote);
    const centre = page.__typename === "CentrePage" ? page : page.centre;
    setTimeout(shown, 0, page.path + location.hash);
    return { title: `${words.preview}: ${page.title}`, colour: hue(centre), content: h("div", null, note, render(page, extra)) };
  } catch (error) {
    const state = error instanceof Refused && STATES[error.code];
    if (!state) throw error;
    const [title, summary, way] = state();
    return { title, content: h("div", { class: "page" }, masthead({ title, summary }), way ?? null) };
  }
}

/** The draft is in the first answer of the server; only what comes later is asked for. */
async function drafted(token, signal) {
  const { preview } = site;
  delete site.preview;
  if (!preview) return ask("preview", { token }, signal);
  if (preview.errors) throw new Refused(preview.errors[0]);
  return preview.data;
}

/** The editor's panel loads the preview anew while one types: go on where one was, and let Wagtail check the page. */
async function shown(path) {
  if (IN_PANEL) {
    stay(path);
    // It gets a size only when it takes the place of the one before.
    if (!innerWidth) addEventListener("resize", () => stay(path), { once: true });
  }
  const headers = { "X-Requested-With": "XMLHttpRequest" }; // whoever is not signed in gets no form to sign in
  const answer = await fetch(`${site.userBar}${location.search}&panel=${IN_PANEL}`, { headers }).catch(() => null);
  if (answer?.ok) document.body.append(document.createRange().createContextualFragment(await answer.text()));
}

function stay(path) {
  const [where, top] = JSON.parse(sessionStorage.getItem(PLACE) ?? "[]");
  if (where === path) scrollTo(0, top);
  else document.getElementById(location.hash.slice(1))?.scrollIntoView();
  if (innerWidth) addEventListener("scroll", () => sessionStorage.setItem(PLACE, JSON.stringify([path, scrollY])), { passive: true });
}
