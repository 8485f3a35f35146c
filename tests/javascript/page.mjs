/** A page in memory in which a script of ours runs as it does in a browser. */
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const ROOT = new URL("../../", import.meta.url);

/** Returns the window of a page with this HTML, after `prepare` and the script at `path` ran in it. */
export function run(path, html, prepare = () => {}) {
  const { window } = new JSDOM(html, { runScripts: "outside-only", url: "https://cms.example/graphql/" });
  prepare(window);
  window.eval(readFileSync(new URL(path, ROOT), "utf8"));
  return window;
}
