// The search of the visitor's browser: words and facets are in the address, so a result can be kept and sent on.
import { count, type Locale } from "../../../shared/words";
import { SearchDocument, type SearchQuery, type SearchQueryVariables } from "../graphql";

const place = document.getElementById("search") as HTMLElement;
const [hits, facets, counted, more] = ["hits", "facets", "count", "more"].map((id) => document.getElementById(id)) as [
  HTMLOListElement,
  HTMLFormElement,
  HTMLElement,
  HTMLButtonElement,
];
const words = document.querySelector<HTMLFormElement>("form.search");
const locale = place.dataset.locale as Locale;
/** The arguments of `search` by the facet that counts for them. */
const ARGUMENTS = { TYPE: "types", CENTRE: "centre", TOPIC: "topic", AUDIENCE: "audience" } as const;
let turn = 0;
let after: string | null = null;

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...content: (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

async function ask(variables: SearchQueryVariables): Promise<SearchQuery["search"]> {
  const response = await fetch(`${place.dataset.cms}/graphql/`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query: SearchDocument.toString(), variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].extensions?.code);
  return data.search;
}

async function show(continued = false): Promise<void> {
  const mine = ++turn;
  const address = new URLSearchParams(location.search);
  const variables: SearchQueryVariables = { query: address.get("q") ?? "", locale, after: continued ? after : null };
  for (const name of Object.values(ARGUMENTS)) {
    const chosen = address.getAll(name);
    if (chosen.length) Object.assign(variables, { [name]: chosen });
  }
  hits.setAttribute("aria-busy", "true");
  const found = await ask(variables);
  // Somebody has typed on in the meantime.
  if (mine !== turn) return;
  const rows = found.nodes.map(({ page, snippet }) => {
    const lang: Record<string, string> = page.locale === locale ? {} : { lang: page.locale };
    const text = snippet.map((part) => (part.highlight ? element("mark", {}, part.text) : part.text));
    return element(
      "li",
      {},
      element("h2", {}, element("a", { href: page.path, ...lang }, page.title)),
      element("p", { class: "meta" }, ...page.breadcrumbs.slice(1, -1).map((crumb) => element("span", {}, crumb.title))),
      element("p", lang, ...text),
    );
  });
  if (continued) hits.append(...rows);
  else hits.replaceChildren(...rows);
  hits.removeAttribute("aria-busy");
  const suggestion = found.suggestion
    ? [` ${place.dataset.mean} `, element("a", { href: `?q=${encodeURIComponent(found.suggestion)}` }, found.suggestion), "?"]
    : [];
  counted.replaceChildren(found.totalCount ? count(found.totalCount, "hits", locale) : `${place.dataset.nothing}`, ...suggestion);
  after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
  more.hidden = !after;
  showFacets(found.facets, address);
}

function showFacets(found: SearchQuery["search"]["facets"], address: URLSearchParams): void {
  const focused = document.activeElement?.id;
  facets.replaceChildren(
    ...found.flatMap(({ name, values }) => {
      const argument = ARGUMENTS[name as keyof typeof ARGUMENTS];
      if (!argument || values.length === 0) return [];
      const chosen = address.getAll(argument);
      const boxes = values.map(({ code, label, count }) => {
        const id = `${argument}-${code}`;
        const box = element("input", { type: "checkbox", name: argument, value: code, id });
        box.checked = chosen.includes(code);
        return element("label", { for: id }, box, ` ${label} `, element("span", {}, `${count}`));
      });
      return element("fieldset", {}, element("legend", {}, facets.dataset[argument] ?? name), ...boxes);
    }),
  );
  (facets.parentElement as HTMLElement).hidden = false;
  if (focused) document.getElementById(focused)?.focus();
}

function go(): void {
  const address = new URLSearchParams();
  const query = `${new FormData(words ?? undefined).get("q") ?? ""}`.trim();
  if (query) address.set("q", query);
  for (const [name, value] of new FormData(facets)) address.append(name, `${value}`);
  history.replaceState(null, "", `?${address}`);
  void show();
}

words?.addEventListener("submit", (event) => {
  event.preventDefault();
  go();
});
facets.addEventListener("change", go);
more.addEventListener("click", () => void show(true));
const input = words?.querySelector("input");
if (input) input.value = new URLSearchParams(location.search).get("q") ?? "";
void show();
