/** The words of the page's language, and the ways to fill them. */
import { site } from "./site.js";

/** Only the language of the page is loaded. */
export const words = (await import(`./words.${site.locale}.js`)).default;

const plurals = new Intl.PluralRules(site.locale);
const numbers = new Intl.NumberFormat(site.locale);

/** Fill "{name}" in a text. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** A counted word in the form that its number asks for: 1 mesto, 2 mesti, 3 mesta, 5 mest. */
export const count = (n, forms) => fill(forms[plurals.select(n)] ?? forms.other, { n: numbers.format(n) });

/** The name of an enum's value. */
export const name = (value) => words.enums[value] ?? value;
