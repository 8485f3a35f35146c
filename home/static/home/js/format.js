/** Dates in Ljubljana's time, money and sizes, as the page's language writes them. */
import { site } from "./site.js";

const locale = site.locale === "en" ? "en-GB" : site.locale;
const zone = site.timeZone;

const formats = new Map();
function format(options, timeZone = zone) {
  const key = JSON.stringify([options, timeZone]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { ...options, timeZone }));
  return formats.get(key);
}

const DAY = { day: "numeric", month: "long", year: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit" };

/** 14. april 2027 */
export const day = (moment) => format(DAY).format(new Date(moment));
/** A day inside a sentence: 14. 4. 2027, on one line. Slovenian would decline the name of a month, and Intl does not. */
export const inlineDay = (moment) =>
  format(site.locale === "sl" ? { day: "numeric", month: "numeric", year: "numeric" } : DAY).format(new Date(moment)).replaceAll(" ", "\u00a0");
/** sreda, 14. april 2027 */
export const weekday = (moment) => format({ weekday: "long", ...DAY }).format(new Date(moment));
/** 10:00 */
export const time = (moment) => format(TIME).format(new Date(moment));
/** 10:00–13:00 */
export const times = (start, end) => format(TIME).formatRange(new Date(start), new Date(end));
/** 14. april 2027, or 15. februar – 15. marec 2027 */
export const days = (start, end) => format(DAY).formatRange(new Date(start), new Date(end));
/** april 2027 */
export const month = (moment) => format({ month: "long", year: "numeric" }).format(new Date(moment));
/** The parts of a date as it stands on a leaf of a calendar. */
export const leaf = (moment) => ({
  day: format({ day: "numeric" }).format(new Date(moment)).replace(".", ""),
  month: format({ month: "short" }).format(new Date(moment)),
  weekday: format({ weekday: "short" }).format(new Date(moment)),
});
/** 2027-04-14, in Ljubljana */
export const isoDay = (moment) => new Intl.DateTimeFormat("sv", { timeZone: zone }).format(new Date(moment));
export const sameDay = (one, other) => isoDay(one) === isoDay(other);

const PRECISION = { DAY, MONTH: { month: "long", year: "numeric" }, YEAR: { year: "numeric" } };
/** A date of which the day or the month may be unknown: december 2021 */
export const partial = ({ date, precision }) => format(PRECISION[precision], "UTC").format(new Date(date));

export const money = (amount, currency) =>
  new Intl.NumberFormat(locale, { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" }).format(amount);
export const number = (value) => new Intl.NumberFormat(locale).format(value);
/** 1,2 MB */
export function size(bytes) {
  const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
  const value = bytes / (unit === "kilobyte" ? 1e3 : 1e6);
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
/** slovenščina, angleščina */
export const languages = (codes) =>
  new Intl.ListFormat(locale, { type: "conjunction" }).format(
    codes.map((code) => new Intl.DisplayNames(locale, { type: "language" }).of(code)),
  );
export const list = (texts) => new Intl.ListFormat(locale, { type: "conjunction" }).format(texts);

// How the numbers of Slovenia are read: a mobile's as 41 123 456, a landline's as 1 308 48 00.
const GROUPS = [/^(\+386)([347][01]|51|6[4589])(\d{3})(\d{3})$/, /^(\+386)([1-57])(\d{3})(\d{2})(\d{2})$/];
/** +386 1 308 48 00; numbers of other countries stay as they are. */
export const phone = (number) => GROUPS.map((groups) => groups.exec(number)?.slice(1).join("\u00a0")).find(Boolean) ?? number;
