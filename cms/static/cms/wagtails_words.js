// Words that stand in Wagtail's own templates in English, though its catalogue has them in the reader's language.
for (const [selector, name] of [
  ["nav[aria-label=Actions]", "aria-label"],
  ["form[role=search] [type=submit][value=Search]", "value"],
]) {
  for (const place of document.querySelectorAll(selector)) {
    place.setAttribute(name, window.django.gettext(place.getAttribute(name)));
  }
}
