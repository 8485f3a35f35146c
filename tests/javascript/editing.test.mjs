/** The preview in the editor follows the typing, and only once. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { run } from "./page.mjs";

const FORM = '<form data-edit-form><input name="title" value="A"></form>';
let window;
let form;
let notices;

function type(text) {
  form.elements.title.value = text;
  form.dispatchEvent(new window.Event("input"));
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  window = run("cms/static/cms/editing.js", FORM, (page) => {
    page.setTimeout = setTimeout;
    page.clearTimeout = clearTimeout;
  });
  form = window.document.querySelector("form");
  notices = [];
  window.document.addEventListener("w-unsaved:add", (event) => notices.push(event.target));
});

test("the preview is asked for once the keys rest", () => {
  type("B");
  mock.timers.tick(149);
  assert.equal(notices.length, 0);
  mock.timers.tick(1);
  assert.deepEqual(notices, [window.document]);
});

test("each key puts it off", () => {
  type("B");
  mock.timers.tick(100);
  type("Be");
  mock.timers.tick(100);
  assert.equal(notices.length, 0);
  mock.timers.tick(50);
  assert.equal(notices.length, 1);
});

test("Wagtail's later notice of the same text asks for no second preview", () => {
  type("B");
  mock.timers.tick(150);
  form.dispatchEvent(new window.CustomEvent("w-unsaved:add", { bubbles: true }));
  assert.equal(notices.length, 1);
});

test("Wagtail's notice of another text passes", () => {
  type("B");
  mock.timers.tick(150);
  form.elements.title.value = "C";
  form.dispatchEvent(new window.CustomEvent("w-unsaved:add", { bubbles: true }));
  assert.deepEqual(notices, [window.document, form]);
});

test("a page without a form is left alone", () => {
  assert.doesNotThrow(() => run("cms/static/cms/editing.js", "<p>No form</p>"));
});
