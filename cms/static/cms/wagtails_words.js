// Words that stand in Wagtail's own templates in English, though its catalogue has them in the reader's language.
const WORDS = [
  ["nav[aria-label=Actions]", "aria-label"],
  ["form[role=search] [type=submit][value=Search], form[data-chooser-modal-search] [value=Search]", "value"],
];

const translate = () => {
  for (const [selector, name] of WORDS) {
    for (const place of document.querySelectorAll(selector)) {
      const words = window.django.gettext(place.getAttribute(name));
      if (words !== place.getAttribute(name)) place.setAttribute(name, words);
    }
  }
};

translate();
// Dialogs and the parts of a form that saved itself come later.
new MutationObserver(translate).observe(document.body, { childList: true, subtree: true });
