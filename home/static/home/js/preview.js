/** The draft behind a preview token, as the public will see it. */
import { ask, Refused } from "./api.js";
import { h } from "./dom.js";
import { masthead, more, render } from "./pages.js";
import { hue } from "./site.js";
import { words } from "./words.js";

const STATES = {
  PREVIEW_TOKEN_EXPIRED: () => [words.previewExpired, words.previewExpiredText],
  PREVIEW_TOKEN_INVALID: () => [words.previewInvalid, words.previewInvalidText],
};

/** What the preview shows for the query string with the token. */
export async function load(search, signal) {
  const token = new URLSearchParams(search).get("token") ?? "";
  try {
    const { preview: page } = await ask("preview", { token }, signal);
    const extra = page.kind === "AWARD" || page.kind === "QUALITY_SIGN" ? { programme: (await ask("preview_years", { token }, signal)).preview } : await more(page);
    const note = h("p", { class: "preview-note", role: "status" }, words.previewNote);
    const centre = page.__typename === "CentrePage" ? page : page.centre;
    return { title: `${words.preview}: ${page.title}`, colour: hue(centre), content: h("div", null, note, render(page, extra)) };
  } catch (error) {
    const state = error instanceof Refused && STATES[error.code];
    if (!state) throw error;
    const [title, summary] = state();
    return { title, content: h("div", { class: "page" }, masthead({ title, summary })) };
  }
}
