/** Keeping the frame of the document true after a move to another page: head, menu, languages, colour. */
import { h } from "./dom.js";
import { site } from "./site.js";

const OWNED = 'meta[name="description"], meta[name="robots"], link[rel="canonical"], link[hreflang], meta[property^="og:"], script[type="application/ld+json"]';

/** Show `path` as the place where the reader is; `page` is null for views that are no pages of the site. */
export function place(path, { title, page = null, colour = null }) {
  document.title = title ? `${title} – ${site.site.name}` : site.site.name;
  document.querySelectorAll(OWNED).forEach((element) => element.remove());
  const own = site.routes[path];
  if (page) document.head.append(...ownedBy(page));
  else if (own) document.head.append(h("meta", { name: "description", content: own.summary }));
  if (colour === null) delete document.documentElement.dataset.hue;
  else document.documentElement.dataset.hue = colour;
  document.querySelectorAll("#menu a, .site-footer a").forEach((link) => {
    if (link.pathname === path) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  const versions = own?.paths ?? Object.fromEntries((page?.translations ?? []).map((version) => [version.locale, version.path]));
  document.querySelectorAll(".languages a").forEach((link) => {
    link.href = link.lang === site.locale ? path : (versions[link.lang] ?? `/${link.lang}/`);
  });
}

function ownedBy({ seo, jsonLd }) {
  return [
    h("meta", { name: "description", content: seo.description }),
    h("link", { rel: "canonical", href: seo.canonical }),
    ...seo.hreflang.map(({ locale, url }) => h("link", { rel: "alternate", hreflang: locale, href: url })),
    h("script", { type: "application/ld+json" }, jsonLd),
  ];
}
