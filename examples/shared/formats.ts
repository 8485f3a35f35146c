/** Dates, money and sizes as each language writes them, in the time of Ljubljana wherever the server is. */
import type { Locale } from "./words";

const TAGS: Record<Locale, string> = { sl: "sl-SI", en: "en-GB" };
const ZONE = "Europe/Ljubljana";

export interface PartialDate {
  date: string;
  precision: "DAY" | "MONTH" | "YEAR";
}

function format(value: string, locale: Locale, options: Intl.DateTimeFormatOptions, zone = ZONE): string {
  return new Intl.DateTimeFormat(TAGS[locale], { ...options, timeZone: zone }).format(new Date(value));
}

export function day(value: string, locale: Locale): string {
  return format(value, locale, { day: "numeric", month: "long", year: "numeric" });
}

/** The parts of a date for a leaf of a calendar. */
export function leaf(value: string, locale: Locale): { day: string; month: string; weekday: string } {
  return {
    day: format(value, "en", { day: "numeric" }),
    month: format(value, locale, { month: "short" }),
    weekday: format(value, locale, { weekday: "long" }),
  };
}

export function time(value: string, locale: Locale): string {
  return format(value, locale, { hour: "2-digit", minute: "2-digit" });
}

export function month(value: string, locale: Locale): string {
  return format(value, locale, { month: "long", year: "numeric" });
}

/** `2027-03` of a time in Ljubljana. */
export function monthKey(value: string | Date): string {
  return new Intl.DateTimeFormat("sv-SE", { year: "numeric", month: "2-digit", timeZone: ZONE }).format(new Date(value));
}

/** From when to when something is: the hours of one day, or the days. */
export function span(start: string, end: string, locale: Locale): string {
  const [first, last] = [day(start, locale), day(end, locale)];
  return first === last
    ? `${first}, ${time(start, locale)}–${time(end, locale)}`
    : `${first} – ${last}`;
}

/** As much of a date as is known. */
export function partial({ date, precision }: PartialDate, locale: Locale): string {
  if (precision === "YEAR") return date.slice(0, 4);
  const known = precision === "MONTH" ? {} : ({ day: "numeric" } as const);
  return format(date, locale, { ...known, month: "long", year: "numeric" }, "UTC");
}

export function money(amount: string, currency: string, locale: Locale): string {
  return new Intl.NumberFormat(TAGS[locale], { style: "currency", currency }).format(Number(amount));
}

export function size(bytes: number, locale: Locale): string {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(TAGS[locale], { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}

/** The beginning of a month such as `2027-03` and of the one `months` later, for a query between the two. */
export function months(key: string, number: number): { from: string; to: string } {
  const [year = 0, first = 1] = key.split("-").map(Number);
  const begin = (offset: number) => new Date(Date.UTC(year, first - 1 + offset, 1)).toISOString().slice(0, 7);
  return { from: `${begin(0)}-01T00:00:00+01:00`, to: `${begin(number)}-01T00:00:00+01:00` };
}

/** The month before or after `2027-03`. */
export function monthBeside(key: string, step: number): string {
  return months(key, step).to.slice(0, 7);
}
