/** The calendar: sessions of a month, day by day, of all centres or of one. */
import { ask } from "./api.js";
import { sessionRow } from "./cards.js";
import { foreign, h } from "./dom.js";
import { isoDay, month } from "./format.js";
import { masthead } from "./pages.js";
import { ownRoute, site } from "./site.js";
import { count, words } from "./words.js";

const [, OWN] = ownRoute("calendar");
const MONTH = /^(19|20)\d{2}-(0[1-9]|1[0-2])$/;

/** What the calendar shows for a query string: `month` (2027-04) and `centre` (a slug), both optional. */
export async function load(search, signal) {
  const asked = new URLSearchParams(search);
  const shown = MONTH.test(asked.get("month")) ? asked.get("month") : isoDay(Date.now()).slice(0, 7);
  const centre = asked.get("centre");
  const between = { from: midnight(shown), to: new Date(Date.parse(midnight(step(shown, 1))) - 1).toISOString() };
  const variables = { locale: site.locale, ...between, centre: centre ? [centre] : null };
  const { sessions, centres } = await ask("sessions", variables, signal);
  // A centre that is not there (any more) has no dates and no feed; the calendar of all has.
  if (centre && !centres.nodes.some(({ slug }) => slug === centre)) return load(`?month=${shown}`, signal);
  const rows = [...sessions.nodes];
  for (let { pageInfo } = sessions; pageInfo.hasNextPage; ) {
    const next = await ask("sessions", { ...variables, after: pageInfo.endCursor }, signal);
    rows.push(...next.sessions.nodes);
    pageInfo = next.sessions.pageInfo;
  }
  return { title: OWN.title, content: view(shown, centre, rows, centres.nodes) };
}

function view(shown, centre, rows, centres) {
  const address = (to, slug = centre) => `?${new URLSearchParams({ month: to, ...(slug ? { centre: slug } : {}) })}`;
  const current = isoDay(Date.now()).slice(0, 7);
  const choice = (slug, label, attributes = {}) =>
    h("li", null, h("a", { href: address(shown, slug), "aria-current": slug === (centre ?? "") ? "true" : null, ...attributes }, label));
  return h("div", { class: "page calendar" },
    masthead(OWN),
    h("nav", { class: "choices", "aria-label": words.centres }, h("ul", null, choice("", words.allCentres), centres.map((one) => choice(one.slug, one.shortName, { lang: foreign(one) })))),
    h("div", { class: "pager" },
      h("h2", { id: "month" }, month(midnight(shown)), " ", h("small", null, count(rows.length, words.sessionsFound))),
      h("nav", { "aria-label": OWN.title }, h("ul", null,
        h("li", null, h("a", { href: address(step(shown, -1)) }, h("span", { "aria-hidden": "true" }, "← "), words.previousMonth)),
        shown === current ? null : h("li", null, h("a", { href: address(current) }, words.today)),
        h("li", null, h("a", { href: address(step(shown, 1)) }, words.nextMonth, h("span", { "aria-hidden": "true" }, " →")))))),
    rows.length ? h("ul", { class: "rows" }, rows.map(sessionRow)) : h("p", { class: "quiet" }, words.nothingThisMonth),
    site.calendarFeed ? h("p", { class: "actions" }, h("a", { class: "button quiet", href: feed(centre) }, words.subscribe)) : null);
}

/** The address of the same dates for a calendar program: /sl/koledar.ics, of one centre /sl/pionirska/koledar.ics. */
function feed(centre) {
  const [, locale, file] = site.calendarFeed.split("/");
  return `/${[locale, centre, file].filter(Boolean).join("/")}`;
}

/** The month that lies `by` months after 2027-04. */
function step(shown, by) {
  const [year, number] = shown.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The moment at which a month begins in Ljubljana, whose offset from UTC changes over the year. */
function midnight(shown) {
  const utc = Date.parse(`${shown}-01T00:00:00Z`);
  const clock = new Intl.DateTimeFormat("sv", { timeZone: site.timeZone, dateStyle: "short", timeStyle: "medium" }).format(utc);
  return new Date(2 * utc - Date.parse(`${clock.replace(" ", "T")}Z`)).toISOString();
}
