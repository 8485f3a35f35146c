/** Bodies: a function for each kind of block. */
import { cards, documentLink, programmeCard } from "./cards.js";
import { away, h, picture, rich, section } from "./dom.js";
import { partial } from "./format.js";
import { fill, words } from "./words.js";

const BLOCKS = {
  HeadingBlock: ({ heading, level, anchor }) => h(`h${level}`, { id: anchor }, heading),
  ParagraphBlock: (block) => rich(block.rich),
  SharedTextBlock: (block) => rich(block.rich),
  FigureBlock: ({ image, caption, credit }) =>
    image && h("figure", null, picture(image.responsive, image.alt), caption || credit ? h("figcaption", null, caption, credit ? h("small", null, credit) : null) : null),
  QuoteBlock: ({ quote, attribution }) => h("figure", { class: "quote" }, h("blockquote", null, h("p", null, quote)), attribution ? h("figcaption", null, attribution) : null),
  TableBlock: table,
  DocumentBlock: ({ document, description }) => document && h("div", { class: "download" }, documentLink(document), description ? h("p", null, description) : null),
  // A link and no player: a player would bring another site's scripts and cookies along.
  VideoBlock: ({ url, title, transcript }) =>
    h("div", { class: "video" }, h("p", null, away(url, fill(words.watch, { title }))),
      transcript ? h("details", null, h("summary", null, words.transcript), rich(transcript)) : null),
  AccordionBlock: ({ sections }) => h("div", { class: "accordion" }, sections.map(({ heading, text }) => h("details", null, h("summary", null, heading), rich(text)))),
  CallToActionBlock: ({ label, href, page }) => href && h("p", { class: "actions" }, h("a", { class: "button", href, hreflang: page?.locale ?? null }, label)),
  ProgrammesBlock: ({ title, programmes }) => section(title || words.programmes, cards(programmes, programmeCard), { class: "wide" }),
  StatisticsBlock: ({ figures }) => h("dl", { class: "figures" }, figures.map(({ value, label }) => h("div", null, h("dt", null, label), h("dd", null, value)))),
  TimelineBlock: ({ events }) => timeline(events),
};

/** The blocks of a body; a kind that this frontend does not know yet is left out. */
export const body = (blocks) => blocks.map((block) => BLOCKS[block.__typename]?.(block)).filter(Boolean);

/** Events in order of time. */
export const timeline = (events) =>
  events.length ? h("ol", { class: "timeline" }, events.map(({ date, text }) => h("li", null, h("time", { datetime: date.date }, partial(date)), h("p", null, text)))) : null;

function table({ caption, header, rows }) {
  return h("div", { class: "table", role: "region", tabindex: "0", "aria-label": caption },
    h("table", null, h("caption", null, caption),
      h("thead", null, h("tr", null, header.map((cell) => h("th", { scope: "col" }, cell)))),
      h("tbody", null, rows.map((row) => h("tr", null, row.map((cell) => h("td", null, cell)))))));
}
