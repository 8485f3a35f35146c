/** What is sent is sent once, and waits for a save that is under way. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { run } from "./page.mjs";

const FORM = `<form data-edit-form action="/add/"><input name="title" value="A">
  <button name="action-submit" value="1">Send</button></form>`;
let window;
let form;
let button;
let sent;
let now;

/** Has Wagtail's form save itself, as it does when it begins, and returns the event. */
function begin() {
  const detail = { formData: new window.FormData(form) };
  const event = new window.CustomEvent("w-autosave:save", { bubbles: true, cancelable: true, detail });
  form.dispatchEvent(event);
  return event;
}

function end(kind) {
  form.dispatchEvent(new window.CustomEvent(`w-autosave:${kind}`, { bubbles: true }));
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  now = 0;
  window = run("cms/static/cms/submitting.js", FORM, (page) => {
    page.setTimeout = setTimeout;
    page.performance.now = () => now;
  });
  form = window.document.querySelector("form");
  button = form.querySelector("button");
  sent = [];
  window.document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sent.push([form.getAttribute("action"), event.submitter, event.submitter?.disabled]);
    event.preventDefault();
  });
});

test("a form is sent once, however often its button is pressed", () => {
  button.click();
  button.click();
  assert.deepEqual(sent, [["/add/", button, false]]);
});

for (const kind of ["success", "error"]) {
  test(`what was pressed during a save goes when that ended with ${kind}, by the same button`, () => {
    begin();
    now = 600;
    button.click();
    button.disabled = true;
    assert.deepEqual(sent, []);
    form.setAttribute("action", "/edit/1/");
    end(kind);
    button.click();
    mock.timers.tick(60_000);
    assert.deepEqual(sent, [["/edit/1/", button, false]]);
  });
}

test("a save that never ends keeps nothing back for ever", () => {
  begin();
  now = 600;
  button.click();
  mock.timers.tick(20_000);
  assert.equal(sent.length, 1);
});

test("a save that has not been sent yet is called off and not waited for", () => {
  const save = begin();
  now = 100;
  button.click();
  assert.equal(save.defaultPrevented, true);
  assert.equal(sent.length, 1);
});

test("the form of a dialog waits too", () => {
  window = run("cms/static/cms/submitting.js", FORM, (page) => {
    page.setTimeout = setTimeout;
    page.performance.now = () => now;
    page.HTMLFormElement.prototype.submit = () => sent.push("dialog");
  });
  form = window.document.querySelector("form");
  begin();
  now = 600;
  form.submit();
  assert.deepEqual(sent, []);
  end("success");
  assert.deepEqual(sent, ["dialog"]);
});

test("a save takes no step", () => {
  const formData = new window.FormData();
  formData.append("action-submit", "1");
  formData.append("title", "A");
  const detail = { formData };
  form.dispatchEvent(new window.CustomEvent("w-autosave:save", { bubbles: true, cancelable: true, detail }));
  assert.deepEqual([...formData.keys()], ["title"]);
});
