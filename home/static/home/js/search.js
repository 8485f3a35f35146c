/** Search as you type. The address always says what is shown, so that it can be shared and gone back to. */
import { ask } from "./api.js";
import { languageNote, moreButton } from "./cards.js";
import { foreign, h, to } from "./dom.js";
import { masthead } from "./pages.js";
import { ownRoute, site } from "./site.js";
import { count, fill, name, words } from "./words.js";

const [, OWN] = ownRoute("search");
const PAUSE = 200; // milliseconds without a key before a question is asked
const LEAST = 2; // letters: one finds nothing yet
const MOST = 200;
const FILTERS = { TYPE: "type", CENTRE: "centre" };
const TYPES = ["CENTRE", "EDITION", "INFO", "PROGRAMME"];

/** What the search shows for a query string: `q`, and the filters `type` and `centre`. */
export async function load(search, signal) {
  const asked = Object.fromEntries(new URLSearchParams(search));
  const view = new Search(asked);
  await view.find(signal);
  view.takeOver(document.querySelector("#q:not([aria-describedby])"));
  return { title: OWN.title, content: view.element };
}

class Search {
  constructor(asked) {
    this.asked = asked;
    this.input = h("input", { id: "q", name: "q", type: "search", value: asked.q ?? "", maxlength: String(MOST), autocomplete: "off", "aria-describedby": "search-hint", input: () => this.typed() });
    this.status = h("p", { role: "status", class: "status" });
    this.filters = h("div", { class: "filters" });
    this.results = h("ol", { class: "hits" });
    this.form = h("form", { class: "search-form", role: "search", submit: (event) => { event.preventDefault(); this.typed(0); } },
      h("label", { for: "q" }, words.searchLabel), this.input, h("p", { id: "search-hint", class: "quiet" }, words.searchHint));
    this.more = moreButton(words.more, () => this.continue());
    this.element = h("div", { class: "page search" }, masthead(OWN), this.form, this.status, this.filters, this.results, h("p", { class: "actions" }, this.more));
  }

  /** Go on from the field that came with the page: somebody may have typed there before this script was here. */
  takeOver(field) {
    if (!field) return;
    const { value, selectionStart } = field;
    if (document.activeElement === field) setTimeout(() => {
      this.input.focus();
      this.input.setSelectionRange(selectionStart, selectionStart);
    });
    if (value === this.input.value) return;
    this.input.value = value;
    this.typed(0);
  }

  typed(pause = PAUSE) {
    clearTimeout(this.timer);
    this.asked = { ...this.asked, q: this.input.value };
    this.timer = setTimeout(() => this.again(), pause);
  }

  /** Ask anew; what an older question brings is thrown away. */
  async again() {
    this.running?.abort();
    this.running = new AbortController();
    history.replaceState(history.state, "", `?${new URLSearchParams(this.asked)}`);
    try {
      await this.find(this.running.signal);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.status.textContent = words.failed;
      if (!(error instanceof TypeError)) throw error;
    }
  }

  variables() {
    const { q, type, centre } = this.asked;
    return { query: q.slice(0, MOST), locale: site.locale, types: TYPES.includes(type) ? [type] : null, centre: centre ? [centre] : null };
  }

  async find(signal) {
    if ((this.asked.q ?? "").trim().length < LEAST) return this.show({ totalCount: 0, nodes: [], facets: [], pageInfo: {} }, "");
    const { search } = await ask("search", this.variables(), signal);
    this.show(search, search.totalCount ? count(search.totalCount, words.hits) : fill(words.nothingFound, { query: this.asked.q }));
  }

  show({ nodes, facets, pageInfo }, status) {
    this.results.replaceChildren(...nodes.map(hit));
    this.results.hidden = !nodes.length;
    this.status.textContent = status;
    this.filters.replaceChildren(...Object.keys(FILTERS).map((facet) => this.choices(facets.find((one) => one.name === facet), FILTERS[facet])).filter(Boolean));
    this.after = pageInfo.endCursor;
    this.more.hidden = !pageInfo.hasNextPage;
    this.more.parentElement?.replaceChildren(this.more); // without what was said of a failure
  }

  async continue() {
    const { asked } = this;
    const { search } = await ask("search", { ...this.variables(), after: this.after });
    if (asked !== this.asked) return; // something else is sought by now
    const added = search.nodes.map(hit);
    this.results.append(...added);
    added[0]?.querySelector("a").focus();
    this.after = search.pageInfo.endCursor;
    this.more.hidden = !search.pageInfo.hasNextPage;
  }

  /** Buttons that narrow the result by one property, with the number of hits that each would leave. */
  choices(facet, key) {
    const chosen = this.asked[key];
    if (!facet || (facet.values.length < 2 && !chosen)) return null;
    const button = (code, label) => h("button", { type: "button", "aria-pressed": String((chosen ?? "") === code), click: () => {
      this.asked = { ...this.asked, [key]: code };
      if (!code) delete this.asked[key];
      this.again();
    } }, label);
    const values = facet.values.map(({ code, label, count: hits }) => button(code, [facet.name === "TYPE" ? name(code) : label, " ", h("small", null, String(hits))]));
    return h("div", { role: "group", "aria-label": `${words.filters}: ${words.facets[facet.name]}` }, button("", words.filterAll[facet.name]), values);
  }
}

function hit({ page, snippet }) {
  const above = page.breadcrumbs.slice(1, -1).map(({ title }) => title).join(" › ");
  return h("li", { lang: foreign(page) },
    above ? h("p", { class: "kicker" }, above) : null,
    h("h2", null, to(page)), languageNote(page),
    h("p", null, snippet.map(({ text, highlight }) => (highlight ? h("mark", null, text) : text))));
}
