/** What the first answer of the server says: where to ask, under which hashes, the language and the site's own words. */
export const site = JSON.parse(document.getElementById("frontend").textContent);

const statusLabels = Object.fromEntries(site.labels.statusLabels.map(({ code, label }) => [code, label]));

/** The name of a state, as editors maintain it. */
export const statusLabel = (code) => statusLabels[code] ?? code;

/** Address, title and summary of a view that is no page of the site, by its name. */
export const ownRoute = (view) => Object.entries(site.routes).find(([, route]) => route.view === view);

/** The number of the colour of a centre: the same for a field whatever the language. site.css holds the colours. */
export function hue(centre) {
  const hues = 7;
  return centre ? [...centre.field.code].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % hues : null;
}
