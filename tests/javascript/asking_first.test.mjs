/** A form with a file is not sent before it has what it needs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./page.mjs";

function clicked(form) {
  const window = run("cms/static/cms/asking_first.js", form);
  let sent = 0;
  window.document.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    sent += 1;
  });
  window.document.querySelector("em").click();
  return sent;
}

const button = '<button type="submit"><em>Send</em></button>';

test("what is missing is asked for", () => {
  assert.equal(clicked(`<form novalidate><input type="file" data-ask-first><input required>${button}</form>`), 0);
});

test("what is whole is sent", () => {
  const words = '<input required value="A cat">';
  assert.equal(clicked(`<form novalidate><input type="file" data-ask-first>${words}${button}</form>`), 1);
});

test("forms without a file are Wagtail's", () => {
  assert.equal(clicked(`<form novalidate><input required>${button}</form>`), 1);
});
