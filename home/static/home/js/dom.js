/** Making elements. */

/** Make an element. Attributes that are null or false are left out, functions listen; so are children that are null. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

/** The language of a text that stands in for a missing translation, for the attribute lang; null where it is the page's own. */
export const foreign = (page) => (page.isFallback ? page.locale : null);

/** A link to a page of the site. */
export const to = (page, text = page.title, attributes = {}) =>
  h("a", { href: page.path, lang: foreign(page), hreflang: foreign(page), ...attributes }, text);

/** Rich text. The endpoint promises that its HTML is sanitised; nothing else is ever read as HTML. */
export function rich({ html }, attributes = {}) {
  const element = h("div", { class: "prose", ...attributes });
  element.innerHTML = html;
  return element;
}

/** A picture with all that the browser needs to choose a file and keep its place. */
export function picture(responsive, alt, attributes = {}) {
  const image = h("img", {
    src: responsive.src, width: responsive.width, height: responsive.height, alt, loading: "lazy", decoding: "async", ...attributes,
  });
  if (image.loading === "lazy") {
    image.style.backgroundImage = `url("${responsive.placeholder}")`;
    image.addEventListener("load", () => image.style.removeProperty("background-image"), { once: true });
  }
  const sources = responsive.sources.map(({ type, srcset }) => h("source", { type, srcset, sizes: responsive.sizes }));
  return h("picture", null, sources, image);
}

/** A section with a heading, or null where there is nothing to put into it. */
export function section(title, content, attributes = {}) {
  const children = [content].flat(Infinity).filter(Boolean);
  return children.length ? h("section", attributes, h("h2", null, title), children) : null;
}

/** A list of facts: pairs of a name and what is known. Pairs without a value are left out. */
export function facts(pairs, attributes = {}) {
  const known = pairs.filter(([, value]) => (Array.isArray(value) ? value.length : value));
  if (!known.length) return null;
  const rows = known.map(([term, value]) => h("div", null, h("dt", null, term), [value].flat().map((one) => h("dd", null, one))));
  return h("dl", { class: "facts", ...attributes }, rows);
}

/** A link to another site; it opens where the reader wants it. */
export const away = (href, text, attributes = {}) => h("a", { href, rel: "external", ...attributes }, text);
