/** What is pasted keeps its structure and loses what nobody sees. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
Object.assign(globalThis, { document: window.document, DOMParser: window.DOMParser });
const { cleaned } = await import("../../cms/static/cms/pasting.js");

const line = (list, level, sign, words) =>
  `<p style="mso-list:${list} level${level} lfo1"><span style="mso-list:Ignore">${sign}</span>${words}</p>`;

test("the highest heading becomes the first that texts have, all below it the second", () => {
  assert.equal(cleaned("<h1>A</h1><h2>B</h2><h5>C</h5>"), "<h3>A</h3><h4>B</h4><h4>C</h4>");
  assert.equal(cleaned("<h4>A</h4>"), "<h3>A</h3>");
});

test("lists of Word are lists, nested ones too, and another list is another one", () => {
  const word = line("l0", 1, "·", "a") + line("l0", 2, "o", "b") + line("l0", 1, "·", "c") + line("l1", 1, "1.", "d");
  const html = cleaned(word).replace(/ data-name="\w+"/g, "");
  assert.equal(html, "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol><li>d</li></ol>");
});

test("a row of a table is a line", () => {
  assert.equal(cleaned("<table><tr><th>Ura</th><td> A 1 </td></tr></table>"), "<p>Ura | A 1</p>");
});

test("raised and lowered digits stay what they are", () => {
  assert.equal(cleaned("<p>25 m<sup>2</sup>, H<sub>2</sub>O</p>"), "<p>25 m², H₂O</p>");
});

test("links lose what tells on their readers, and nothing else", () => {
  const link = (address) => cleaned(`<a href="${address}">x</a>`).match(/href="([^"]*)"/)[1];
  assert.equal(link("https://a.si/b?utm_source=x&amp;id=3&amp;fbclid=y#c"), "https://a.si/b?id=3#c");
  assert.equal(link("https://a.si/b?utm_medium=x"), "https://a.si/b");
  assert.equal(link("mailto:info@a.si"), "mailto:info@a.si");
});

test("letters that nobody sees go, and so do styles, comments and pictures", () => {
  assert.equal(cleaned("<style>p{}</style><p>kn\u00adjiga\u200b<!--x--><o:p></o:p><img src='x'></p>"), "<p>knjiga</p>");
});
