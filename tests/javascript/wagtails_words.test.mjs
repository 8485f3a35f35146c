/** Words of Wagtail's templates that nobody translated are those of its catalogue. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./page.mjs";

const HTML = `<nav aria-label="Actions"></nav><nav aria-label="Breadcrumb"></nav>
  <form role="search"><input type="submit" value="Search"></form><form><input type="submit" value="Search"></form>`;
const WORDS = { Actions: "Dejanja", Search: "Iskanje" };

test("names of landmarks and buttons are in the reader's language", () => {
  const { document } = run("cms/static/cms/wagtails_words.js", HTML, (window) => {
    window.django = { gettext: (text) => WORDS[text] };
  });
  const names = [...document.querySelectorAll("nav")].map((place) => place.getAttribute("aria-label"));
  assert.deepEqual(names, ["Dejanja", "Breadcrumb"]);
  assert.deepEqual(
    [...document.querySelectorAll("input")].map((button) => button.value),
    ["Iskanje", "Search"],
  );
});

test("what comes later, such as a dialog, is too", async () => {
  const { document } = run("cms/static/cms/wagtails_words.js", "<main></main>", (window) => {
    window.django = { gettext: (text) => WORDS[text] ?? text };
  });
  document.querySelector("main").innerHTML = '<nav aria-label="Actions"></nav>';
  await Promise.resolve();
  assert.equal(document.querySelector("nav").getAttribute("aria-label"), "Dejanja");
});
