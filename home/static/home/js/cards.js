/** What lists are made of: cards of centres and programmes, rows of sessions, badges of states. */
import { foreign, h, picture, to } from "./dom.js";
import { days, isoDay, leaf, sameDay, size, times } from "./format.js";
import { hue, statusLabel } from "./site.js";
import { count, name, words } from "./words.js";

/** A state, as a word and a shape; the colour only supports them. */
export const badge = (status) => h("span", { class: "badge", "data-status": status }, statusLabel(status));

/** Say in which language a text is that stands in for a missing translation. */
export const languageNote = (page) =>
  page.isFallback ? h("span", { class: "note" }, new Intl.DisplayNames(document.documentElement.lang, { type: "language" }).of(page.locale)) : null;

/** How many places are left; null where there is no limit or it does not matter any more. */
export function placesLeft({ status, capacity, seatsLeft }) {
  if (capacity === null || capacity === undefined || ["FINISHED", "CANCELLED", "RUNNING"].includes(status)) return null;
  return seatsLeft > 0 ? count(seatsLeft, words.placesLeft) : words.noPlacesLeft;
}

function card(page, { title, kicker, meta, image, centre }) {
  return h("article", { class: "card", "data-hue": hue(centre) },
    h("div", { class: "card-words" },
      h("p", { class: "kicker" }, kicker),
      h("h3", null, to(page, title)), languageNote(page),
      h("p", { lang: foreign(page) }, page.summary),
      h("p", { class: "meta" }, meta)),
    // Decorative: the title says what it is about.
    image ? picture(image.responsive, "") : h("div", { class: "no-picture" }));
}

export const centreCard = (centre) =>
  card(centre, {
    title: centre.shortName,
    kicker: centre.field.name,
    meta: [h("span", null, centre.host.name), badge(centre.status)],
    image: centre.leadImage,
    centre,
  });

export function programmeCard(programme) {
  const [next] = programme.next.nodes;
  return card(programme, {
    kicker: [programme.format.name, " · ", h("span", { lang: foreign(programme.centre) }, programme.centre.shortName)],
    meta: next ? [next.start ? h("time", { datetime: next.start }, days(next.start, next.end)) : null, badge(next.status)] : name(programme.cadence),
    image: programme.leadImage,
    centre: programme.centre,
  });
}

/** A list of cards. */
export const cards = (pages, make) => (pages.length ? h("ul", { class: "cards" }, pages.map((page) => h("li", null, make(page)))) : null);

/** A button for the next part of a list, which `step` asks for and shows; where nothing comes, that is said beside it. */
export function moreButton(text, step) {
  const failed = h("span", { role: "alert", class: "note" }, words.failed);
  let asks = false;
  const button = h("button", { type: "button", class: "button quiet", click: async () => {
    if (asks) return; // who presses twice asked once
    asks = true;
    failed.remove();
    try {
      await step();
    } catch (error) {
      button.after(failed);
      if (!(error instanceof TypeError)) throw error;
    } finally {
      asks = false;
    }
  } }, text);
  return button;
}

/** A leaf of a calendar. */
export function calendarLeaf(moment) {
  const { day, month, weekday } = leaf(moment);
  return h("time", { class: "leaf", datetime: isoDay(moment) }, h("span", null, weekday), h("b", null, day), h("span", null, month));
}

/** One session in a list of dates. */
export function sessionRow(session) {
  const { edition } = session;
  const { programme } = edition;
  const place = [session.online ? words.online : null, session.venue?.name].filter(Boolean).join(" · ");
  return h("li", { class: "row", "data-hue": hue(programme.centre) },
    calendarLeaf(session.start),
    h("div", null,
      h("h3", null, to({ ...programme, path: `${programme.path}#edition-${edition.id}` }, programme.title)),
      languageNote(programme),
      session.topic && session.topic !== programme.title ? h("p", null, session.topic) : null,
      h("p", { class: "meta" },
        h("span", null, sameDay(session.start, session.end) ? times(session.start, session.end) : days(session.start, session.end)),
        place ? h("span", null, place) : null,
        h("span", null, programme.centre.shortName),
        edition.status === "OPEN" ? placesLeft(edition) && h("span", null, placesLeft(edition)) : null)),
    badge(edition.status));
}

/** A link to a file, with what one wants to know before opening it. */
export function documentLink(file) {
  const accessible = { YES: words.accessibleYes, NO: words.accessibleNo }[file.accessible];
  const about = [file.fileType.toUpperCase(), size(file.size), accessible].filter(Boolean).join(", ");
  return h("p", { class: "file" }, h("a", { href: file.url, hreflang: file.language || null, lang: file.language || null }, file.title), h("span", null, about));
}
