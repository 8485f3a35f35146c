/** The pages of the site: a function for each type, and what a type asks for beside the page itself. */
import { ask } from "./api.js";
import { body, timeline } from "./blocks.js";
import { badge, cards, centreCard, documentLink, languageNote, moreButton, programmeCard, sessionRow } from "./cards.js";
import { away, facts, foreign, h, picture, rich, section, to } from "./dom.js";
import { awardYear, event, isPast, issue, pastEvent } from "./editions.js";
import { isoDay, list, number, partial, phone as readable } from "./format.js";
import { ownRoute, site } from "./site.js";
import { count, fill, name, words } from "./words.js";

const isAward = ({ kind }) => kind === "AWARD" || kind === "QUALITY_SIGN";
const programmeOf = (page) => ({ centre: page.centre.slug, slug: page.slug, locale: page.requestedLocale });

/** What is asked for beside the page, by its type: at most one more request. Days and not moments: so answers are kept. */
const MORE = {
  HomePage: () => ask("upcoming", { locale: site.locale, from: `${isoDay(Date.now())}T00:00:00Z` }),
  CentreIndexPage: () => ask("centres", { locale: site.locale }),
  CommissionPage: () => ask("legal_bases", { locale: site.locale, today: isoDay(Date.now()) }),
  ProgrammePage: (page) => (isAward(page) ? ask("award_years", programmeOf(page)) : null),
};

/** Ask for what a page needs beside itself; null where no answer came, so that the page can be shown without it. */
export async function more(page) {
  try {
    return (await MORE[page.__typename]?.(page)) ?? {};
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

const PAGES = { HomePage: home, InfoPage: info, CentreIndexPage: index, CentrePage: centre, ProgrammePage: programme, CommissionPage: commission };

/** Everything that stands in the main element for a page. */
export function render(page, extra) {
  return h("article", { class: `page ${page.__typename}`, lang: foreign(page) }, masthead(page), PAGES[page.__typename]?.(page, extra ?? {}) ?? null,
    extra ? null : h("p", { class: "notice column", role: "status" }, words.failedText));
}

/** The top of a page: where one is, the title, the summary and the picture. */
export function masthead({ title, summary, leadImage, breadcrumbs = [] }) {
  const above = breadcrumbs.slice(0, -1);
  return h("div", { class: leadImage ? "masthead pictured" : "masthead" },
    h("div", { class: "masthead-words" },
      above.length ? h("nav", { class: "crumbs", "aria-label": words.youAreHere }, h("ol", null, above.map((crumb, depth) => h("li", null, to(crumb, depth ? crumb.title : words.home))))) : null,
      h("h1", { tabindex: "-1" }, title),
      summary ? h("p", { class: "lead" }, summary) : null),
    leadImage ? picture(leadImage.responsive, leadImage.alt, { loading: "eager", fetchpriority: "high" }) : null);
}

const columns = (main, side) => h("div", { class: side ? "columns" : "column" }, h("div", { class: "main" }, main), side ? h("aside", { "aria-label": words.facts }, side) : null);
const terms = (rows) => rows.map(({ name: term }) => term);

function home(page, { sessions }) {
  const rows = sessions?.nodes ?? [];
  const [calendar] = ownRoute("calendar");
  return [
    section(words.centres, cards(page.featuredCentres, centreCard), { class: "wide centres" }),
    rows.length ? section(words.upcoming, [h("ul", { class: "rows" }, rows.map(sessionRow)), h("p", { class: "actions" }, h("a", { class: "button quiet", href: calendar }, words.allDates))], { class: "wide band" }) : null,
    section(words.featured, cards(page.featuredProgrammes, programmeCard), { class: "wide" }),
    columns(body(page.body)),
  ];
}

function info(page) {
  const below = page.children.nodes.map((child) => h("li", null, h("h3", null, to(child)), h("p", { lang: foreign(child) }, child.seo.description)));
  return columns([body(page.body), below.length ? section(words.inThisSection, h("ul", { class: "plain" }, below)) : null]);
}

function index(page, { centres }) {
  return [section(words.centres, cards(centres?.nodes ?? [], centreCard), { class: "wide centres", "data-alone": "" }), columns(body(page.body))];
}

function centre(page) {
  const appointment = page.currentAppointment;
  const main = [
    page.intro ? rich(page.intro, { class: "prose intro" }) : null,
    page.easyReadSummary ? h("details", { class: "easy" }, h("summary", null, words.easyRead), rich(page.easyReadSummary)) : null,
    body(page.body),
  ];
  const side = [
    h("p", { class: "state" }, badge(page.status)),
    facts([
      [words.officialName, [page.title, page.shortName].includes(page.officialName) ? null : page.officialName],
      [words.titleAwarded, appointment?.titleAwarded],
      [words.appointedOn, appointment ? partial(appointment.decidedOn) : null],
      [words.validUntil, appointment?.validUntil ? partial(appointment.validUntil) : null],
      [words.reviewDue, page.reviewDue ? partial(page.reviewDue) : null],
      [words.host, [page.host.url ? away(page.host.url, page.host.name) : page.host.name]],
      [page.field.kind === "SERVICE" ? words.service : words.field, page.field.name],
      [words.network, page.network.name],
      [words.relatedFields, page.relatedFields.length ? list(terms(page.relatedFields)) : null],
      [words.functions, page.functions.length ? list(page.functions.map(name)) : null],
      [words.roles, page.roles.length ? list(page.roles.map(name)) : null],
      [words.audiences, page.audiences.map(({ audience, primary }) => (primary ? `${audience.name} (${words.mainAudience})` : audience.name))],
      [words.topics, page.topics.length ? list(terms(page.topics)) : null],
    ]),
    contact(page.contact),
  ];
  return [
    columns(main, side),
    section(words.programmes, cards(page.programmes.nodes, programmeCard), { class: "wide band" }),
    h("div", { class: "wide pairs" }, [
      section(words.goals, page.goals.length ? h("ul", { class: "goals" }, page.goals.map(goal)) : null),
      section(words.effects, noted(page.expectedEffects, ({ text, level }) => [text, name(level)])),
      section(words.collections, page.collections.map((one) => item(one.name, one.url, one.description, one.size ? count(one.size, words.items) : null))),
      section(words.solutions, page.solutions.map((one) => item(one.title, one.url, one.description, name(one.kind)))),
      section(words.results, noted(page.results, ({ title, year, url, document, kind }) => [[url ? away(url, title) : title, year ? ` (${year})` : null, document ? documentLink(document) : null], name(kind)])),
      section(words.staff, page.staff.length ? h("ul", { class: "people" }, page.staff.map(member)) : null),
      partners(page.partners),
      section(words.milestones, timeline(page.milestones)),
    ]),
  ];
}

const noted = (rows, parts) => (rows.length ? h("ul", { class: "plain" }, rows.map(parts).map(([text, note]) => h("li", null, text, h("small", { class: "note" }, note)))) : null);

const item = (title, url, text, note) => h("div", { class: "item" }, h("h3", null, url ? away(url, title) : title), h("p", null, text), note ? h("p", { class: "note" }, note) : null);

const member = ({ person, role }) =>
  h("li", null, h("b", null, person.name), [person.title, role].filter(Boolean).map((text) => h("span", null, text)), person.email ? mail(person.email) : null);

function goal({ text, indicator, target, unit }) {
  const measure = [indicator, target ? `${words.target}: ${number(target)} ${unit}`.trim() : null].filter(Boolean).join(" – ");
  return h("li", null, text, measure ? h("small", { class: "note" }, measure) : null);
}

const mail = (address) => h("a", { href: `mailto:${address}` }, address);

function contact(found) {
  if (!found) return null;
  const { email, phone, address, url } = found;
  return section(words.contact, facts([
    [words.email, email ? [mail(email)] : null],
    [words.phone, phone ? [h("a", { href: `tel:${phone}` }, readable(phone))] : null],
    [words.address, address],
    [words.web, url ? [away(url, new URL(url).host)] : null],
  ]));
}

function partners(rows) {
  const relations = [...new Set(rows.map(({ relation }) => relation))];
  return section(words.partners, relations.map((relation) => [
    h("h3", { class: "small" }, name(relation)),
    h("ul", { class: "people" }, rows.filter((row) => row.relation === relation).map(({ organisation, note }) =>
      h("li", null, organisation.url ? away(organisation.url, organisation.name) : organisation.name, note ? h("span", null, note) : null))),
  ]));
}

function programme(page, extra) {
  const award = isAward(page);
  const years = extra.programme?.editions;
  const main = [
    award ? null : editions(page),
    body(page.body),
    section(words.outcomes, page.outcomes.length ? h("ul", { class: "outcomes" }, page.outcomes.map((text) => h("li", null, text))) : null),
    award && years ? section(words.years, growing(years, (edition) => awardYear(edition), "award_years", page), { class: "years" }) : null,
  ];
  const organisations = (rows) => rows.map(({ name: who, url }) => (url ? away(url, who) : h("span", null, who)));
  const side = facts([
    [words.offeredBy, [h("span", null, to(page.centre, page.centre.shortName), languageNote(page.centre))]],
    [words.format, page.format.name],
    [words.forWhom, page.audiences.length > 1 && page.durationHours ? h("span", null, h("ol", null, terms(page.audiences).map((term) => h("li", null, term))), h("small", { class: "note" }, words.priority)) : terms(page.audiences)],
    [words.duration, page.durationHours ? count(Number(page.durationHours), words.hours) : null],
    [words.cadence, name(page.cadence)],
    [words.since, page.sinceYear ? String(page.sinceYear) : null],
    [words.purposes, page.purposes.length ? list(page.purposes.map(name)) : null],
    [words.topics, page.topics.length ? list(terms(page.topics)) : null],
    [words.coOrganisers, organisations(page.coOrganisers)],
    [words.funders, organisations(page.funders)],
    [words.contact, [page.centre.contact?.email ? mail(page.centre.contact.email) : null].filter(Boolean)],
  ]);
  return columns(main, side);
}

function editions(page) {
  const { nodes } = page.editions;
  if (page.kind === "PUBLICATION") return section(words.publications, growing(page.editions, issue, "editions", page));
  const events = nodes.filter(({ __typename }) => __typename === "EventEdition");
  const next = events.filter((edition) => !isPast(edition)).sort((one, other) => one.start.localeCompare(other.start));
  const past = events.filter(isPast);
  if (!events.length && !["TRAINING", "MEETING_SERIES"].includes(page.kind)) return null;
  return section(words.editions, [
    next.length ? next.map((edition) => event(edition, page)) : h("p", { class: "quiet" }, words.noEditions),
    past.length ? h("details", { class: "past" }, h("summary", null, count(past.length, words.pastEditions)), h("ul", null, past.map(pastEvent))) : null,
  ], { class: "editions" });
}

/** A list that grows at its end: a button asks for the next part and the focus goes to the first new entry. */
function growing({ nodes, pageInfo }, make, document, page) {
  const parts = h("div", { class: "parts" }, nodes.map(make));
  if (!pageInfo.hasNextPage) return parts;
  let after = pageInfo.endCursor;
  const button = moreButton(words.earlier, async () => {
    const { programme: { editions: found } } = await ask(document, { ...programmeOf(page), after });
    const added = found.nodes.map(make);
    parts.append(...added);
    const heading = added[0]?.querySelector("h3");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
    after = found.pageInfo.endCursor;
    if (!found.pageInfo.hasNextPage) button.remove();
  });
  return [parts, button];
}

function commission(page, { legalBases = [] }) {
  const main = [
    body(page.body),
    section(words.tasks, page.tasks.length ? h("ul", { class: "outcomes" }, page.tasks.map((text) => h("li", null, text))) : null),
    page.reviewCycles.map(({ name: title, from, to: end, reviews }) =>
      section(title, [h("p", { class: "meta" }, `${partial(from)} – ${partial(end)}`), reviewTable(title, reviews)])),
    section(words.legalBases, legalBases.length ? h("ul", { class: "plain" }, legalBases.map(({ kind, title, url }) => h("li", null, url ? away(url, title) : title, h("small", { class: "note" }, name(kind))))) : null),
  ];
  const { name: parent, url } = page.parentBody;
  return columns(main, facts([
    [words.parentBody, [url ? away(url, parent) : parent]],
    [words.interval, page.reviewIntervalMonths % 12 ? count(page.reviewIntervalMonths, words.everyMonths) : count(page.reviewIntervalMonths / 12, words.everyYears)],
  ]));
}

function reviewTable(title, reviews) {
  if (!reviews.length) return null;
  // A summary has a row of its own, or a phone would have room for a word of it on a line.
  const rows = reviews.map(({ centre: page, dueOn, state, outcome, publicSummary }) => [
    h("tr", null, h("th", { scope: "row", rowspan: publicSummary ? "2" : null }, to(page, page.shortName)), h("td", null, partial(dueOn)), h("td", null, name(outcome ?? state))),
    publicSummary ? h("tr", { class: "summary" }, h("td", { colspan: "2" }, h("p", { class: "quiet" }, publicSummary))) : null,
  ]);
  return h("div", { class: "table reviews", role: "region", tabindex: "0", "aria-label": `${words.reviews}: ${title}` },
    h("table", null, h("thead", null, h("tr", null, [words.centre, words.dueOn, words.outcome].map((text) => h("th", { scope: "col" }, text)))), h("tbody", null, rows)));
}
