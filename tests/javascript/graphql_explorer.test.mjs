/** The explorer shows an example, sends what GraphiQL asks for, and keeps to the page's policy. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./page.mjs";

const EXAMPLES = [
  { title: "A list", query: "query Items { items }", variables: "" },
  { title: "A greeting", query: "query Greeting { hello }", variables: '{"a": 1}' },
];
const HTML = `
  <select id="example"><option value="">Choose one</option>
    <option value="0">A list</option><option value="1">A greeting</option></select>
  <main id="explorer" data-endpoint="/graphql/" data-nonce="abc"></main>
  <script id="examples" type="application/json">${JSON.stringify(EXAMPLES)}</script>`;

function explorer(html = HTML, hash = "") {
  const seen = { sent: [], shown: [] };
  seen.window = run("cms/static/cms/graphql_explorer.js", html, (page) => {
    page.location.hash = hash;
    page.GraphiQL = { createFetcher: (options) => (request) => seen.sent.push({ ...request, to: options.url }) };
    page.React = { createElement: (_type, props) => props };
    page.ReactDOM = { render: (props, place) => seen.shown.push({ ...props, place: place.id }) };
  });
  return seen;
}

test("it begins with the first example as a suggestion", () => {
  const [first] = explorer().shown;
  assert.deepEqual([first.defaultQuery, first.query, first.place], [EXAMPLES[0].query, undefined, "explorer"]);
  assert.equal(first.shouldPersistHeaders, false);
});

test("without examples it begins empty", () => {
  const html = HTML.replace(JSON.stringify(EXAMPLES), "[]").replace(/<select.*<\/select>/s, "");
  assert.equal(explorer(html).shown[0].defaultQuery, undefined);
});

test("a chosen example is shown with its variables", () => {
  const { window, shown } = explorer();
  const choice = window.document.getElementById("example");
  choice.value = "1";
  choice.dispatchEvent(new window.Event("change"));
  assert.deepEqual([shown[1].query, shown[1].variables], [EXAMPLES[1].query, EXAMPLES[1].variables]);
});

test("an address that names an example opens it", () => {
  const { window, shown } = explorer(HTML, "#A%20greeting");
  assert.equal(shown[0].query, EXAMPLES[1].query);
  assert.equal(window.document.getElementById("example").value, "1");
});

test("the name of an operation is sent only with a query that has it", () => {
  const { shown, sent } = explorer();
  shown[0].fetcher({ query: EXAMPLES[0].query, operationName: "Items" });
  shown[0].fetcher({ query: EXAMPLES[0].query, operationName: "Greeting" });
  assert.deepEqual(
    sent.map((request) => [request.to, request.operationName]),
    [
      ["/graphql/", "Items"],
      ["/graphql/", undefined],
    ],
  );
});

test("style elements that GraphiQL adds carry the nonce of the policy", () => {
  const { document } = explorer().window;
  assert.equal(document.createElement("style").nonce, "abc");
  assert.ok(!document.createElement("p").nonce);
});
