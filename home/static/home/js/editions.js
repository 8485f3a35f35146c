/** The runs of a programme: events, issues of a publication, years of an award. */
import { badge, documentLink, placesLeft } from "./cards.js";
import { away, facts, h, picture } from "./dom.js";
import { day, days, inlineDay, languages, list, money, number, partial, sameDay, time, times, weekday } from "./format.js";
import { site } from "./site.js";
import { count, fill, name, words } from "./words.js";

const PAST = ["FINISHED", "CANCELLED"];
/** Whether an edition is over; one that was cancelled but would still be to come is not. */
export const isPast = ({ status, end }) => PAST.includes(status) && !(status === "CANCELLED" && end && new Date(end) > Date.now());

/** An event with all that one needs to decide and to apply. */
export function event(edition, programme) {
  const { start, end, sessions, status } = edition;
  const only = sessions.length === 1 ? sessions[0] : null;
  const when = sameDay(start, end) ? weekday(start) : days(start, end);
  return h("article", { class: "edition", id: `edition-${edition.id}`, "data-status": status },
    h("header", null, h("h3", null, h("time", { datetime: start }, when)), badge(status)),
    edition.label && edition.label !== programme.title ? h("p", { class: "edition-label" }, edition.label) : null,
    edition.cancelReason ? h("p", { class: "notice" }, h("strong", null, words.reason, ": "), edition.cancelReason) : null,
    facts([
      [words.when, only ? times(start, end) : null],
      [words.topic, only?.topic === edition.label ? null : only?.topic],
      [words.presenters, only ? who(only.presenters) : null],
      [words.where, place(edition)],
      [words.how, name(edition.mode)],
      [words.placesLabel, places(edition)],
      [words.applications, PAST.includes(status) ? null : applications(edition)],
      [words.price, price(edition)],
      [words.languages, edition.languages.length ? languages(edition.languages) : null],
      [words.accessibility, accessibility(edition)],
      [words.movedFrom, edition.rescheduled ? edition.previousStarts.map((moment) => day(moment)) : null],
    ]),
    only ? null : schedule(sessions),
    apply(edition, `${programme.title}, ${when}`));
}

const who = (people) => (people.length ? list(people.map(({ name: person, title }) => (title ? `${person}, ${title}` : person))) : null);

function place({ venue, mode }) {
  if (!venue) return mode === "ONLINE" ? words.online : null;
  const full = venue.address && !venue.address.startsWith(venue.name) ? `${venue.name}, ${venue.address}` : venue.address || venue.name;
  return mode === "BLENDED" || mode === "EITHER" ? [full, words.online] : full;
}

function places(edition) {
  const { capacity, waitlist, status } = edition;
  if (capacity === null) return words.unlimited;
  const left = placesLeft(edition);
  return [left ? fill(words.placesOf, { left, n: number(capacity) }) : count(capacity, words.places), waitlist > 0 && !PAST.includes(status) ? count(waitlist, words.waiting) : null].filter(Boolean);
}

function applications({ applicationsOpen: from, applicationsClose: to }) {
  if (from && to) return fill(words.opensAndCloses, { from: inlineDay(from), to: inlineDay(to) });
  if (to) return fill(words.closesOn, { date: inlineDay(to) });
  return from ? fill(words.opensOn, { date: inlineDay(from) }) : null;
}

function price({ free, fees }) {
  if (free) return site.labels.free;
  return fees.map(({ label, amount, currency }) => `${Number(amount) ? money(amount, currency) : site.labels.free}${label ? ` (${label})` : ""}`);
}

function accessibility({ accessibilityInfo, venue }) {
  if (accessibilityInfo) return accessibilityInfo;
  return [venue?.stepFree ? words.stepFree : null, venue?.hearingLoop ? words.hearingLoop : null].filter(Boolean).join(", ");
}

function schedule(sessions) {
  const rows = sessions.map(({ start, end, topic, presenters, online, venue }) =>
    h("li", null,
      h("time", { datetime: start }, sameDay(start, end) ? `${day(start)}, ${times(start, end)}` : `${day(start)}, ${time(start)} – ${day(end)}, ${time(end)}`),
      h("span", null, [topic, who(presenters), online ? words.online : venue?.name].filter(Boolean).join(" · "))));
  return h("div", { class: "schedule" }, h("h4", null, words.sessions), h("ol", null, rows));
}

function apply({ status, applicationUrl, waitlist }, what) {
  if (!applicationUrl || !(status === "OPEN" || (status === "FULL" && waitlist !== null))) return null;
  const text = status === "OPEN" ? words.apply : words.waitlistApply;
  return h("p", { class: "actions" }, away(applicationUrl, text, { class: status === "OPEN" ? "button" : "button quiet", "aria-label": `${text}: ${what}` }));
}

/** An event that is over, in one line. */
export const pastEvent = ({ id, label, start, end, status }) =>
  h("li", { id: `edition-${id}` }, h("time", { datetime: start }, days(start, end)), h("span", null, label), status === "FINISHED" ? null : badge(status));

/** An issue of a publication. */
export function issue({ id, label, year, ownTitle, ownTitleLocale, isbn, document, cover }) {
  return h("article", { class: "edition issue", id: `edition-${id}` },
    cover ? picture(cover.responsive, cover.alt) : null,
    h("div", null,
      h("header", null, h("h3", { lang: ownTitleLocale === site.locale ? null : ownTitleLocale }, ownTitle || label)),
      h("p", { class: "edition-label" }, ownTitle && label ? label : String(year)),
      facts([[words.isbn, isbn]]),
      document ? documentLink(document) : null));
}

/** A year of an award or a sign of quality. */
export function awardYear(edition) {
  const { counts, ceremony, announcedOn, coAwarders, productionYear, results } = edition;
  const figures = Object.keys(words.counts).filter((key) => counts[key] !== null);
  return h("article", { class: "year", id: `edition-${edition.id}` },
    h("header", null, h("h3", null, String(edition.year)), PAST.includes(edition.status) ? null : badge(edition.status)),
    facts([
      [words.productionYear, productionYear ? String(productionYear) : null],
      [words.announcedOn, announcedOn ? partial(announcedOn) : null],
      [words.ceremony, ceremony ? [ceremony.date ? partial(ceremony.date) : null, ceremony.place].filter(Boolean).join(", ") : null],
      [words.coAwarders, coAwarders.length ? list(coAwarders.map((one) => one.name)) : null],
    ]),
    figures.length ? h("dl", { class: "figures" }, figures.map((key) => h("div", null, h("dt", null, words.counts[key]), h("dd", null, number(counts[key]))))) : null,
    results.length ? h("ul", { class: "results" }, results.map(result)) : h("p", { class: "quiet" }, words.noResults));
}

function result({ category, outcome, books, citation }) {
  return h("li", { "data-outcome": outcome }, h("h4", null, category.name),
    outcome === "NOT_AWARDED" ? h("p", { class: "quiet" }, words.notAwarded) : books.map(book),
    citation ? h("blockquote", null, h("p", null, citation)) : null);
}

function book({ title, language, publisher, contributors }) {
  const by = (role) => contributors.filter((one) => one.role === role).map((one) => one.name);
  const others = [["ILLUSTRATOR", words.illustrator], ["TRANSLATOR", words.translator]]
    .filter(([role]) => by(role).length)
    .map(([role, label]) => `${label}: ${list(by(role))}`);
  return h("div", { class: "book" },
    h("p", null, h("cite", { lang: language }, title)),
    by("AUTHOR").length ? h("p", null, list(by("AUTHOR"))) : null,
    h("p", { class: "meta" }, [...others, publisher].filter(Boolean).map((text) => h("span", null, text))));
}
