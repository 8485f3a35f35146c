// What is pasted from Word, from a document on the web or from a page: headings, lists, rows of tables, raised and lowered
// digits and links stay; tracking and invisible characters go. One step of undo takes all of it back.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
const TRACKING = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|_hs\w+|ref_src)$/i;
const RAISED = {
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
  "+": "⁺",
  "-": "⁻",
  n: "ⁿ",
};
const LOWERED = { 0: "₀", 1: "₁", 2: "₂", 3: "₃", 4: "₄", 5: "₅", 6: "₆", 7: "₇", 8: "₈", 9: "₉", "+": "₊", "-": "₋" };
const HEADINGS = "h1, h2, h3, h4, h5, h6, .MsoTitle";

const rename = (element, name) => {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
};

const untracked = (address) => {
  try {
    const url = new URL(address);
    for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
    return url.search === "" ? url.href.replace(/\?(?=#|$)/, "") : url.href;
  } catch {
    return address;
  }
};

// The highest heading becomes the highest that an editor may use inside a text, all below it the second.
const level = (root) => {
  const found = [...root.querySelectorAll(HEADINGS)];
  const depth = (one) => (one.matches(".MsoTitle") ? 0 : Number(one.localName[1]));
  const top = Math.min(...found.map(depth));
  for (const one of found) rename(one, depth(one) === top ? "h3" : "h4");
};

// Word writes a list as paragraphs: the style says the level, the first letters are the sign or the number.
const listWord = (root) => {
  let open = [];
  for (const line of [...root.querySelectorAll("p, h1, h2, h3, h4, h5, h6, table, ul, ol")]) {
    const [, name, found] = /mso-list:\s*(\w+)\s+level(\d)/.exec(line.getAttribute("style") ?? "") ?? [];
    const depth = Number(found ?? 0);
    if (!depth) {
      open = [];
      continue;
    }
    const sign = line.querySelector('[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]');
    const kind = /^\s*(\d+|[a-zčšž]|[ivx]+)[.)]/i.test((sign ?? line).textContent) ? "ol" : "ul";
    sign?.remove();
    const item = line.ownerDocument.createElement("li");
    item.append(...line.childNodes);
    open.length = Math.min(open.length, depth);
    if (open[depth - 1] && open[depth - 1].dataset.name !== name + kind) open.length = depth - 1; // another list begins
    while (open.length < depth) {
      const list = line.ownerDocument.createElement(kind);
      list.dataset.name = name + kind;
      if (open.length) (open.at(-1).lastElementChild ?? open.at(-1)).append(list);
      else line.before(list);
      open.push(list);
    }
    open.at(-1).append(item);
    line.remove();
  }
};

const lay = (root) => {
  for (const row of root.querySelectorAll("tr")) {
    const cells = [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").trim());
    const line = row.ownerDocument.createElement("p");
    line.textContent = cells.join(" | ");
    row.closest("table").before(line);
  }
  for (const table of root.querySelectorAll("table")) table.remove();
};

const shift = (root, selector, letters) => {
  for (const part of root.querySelectorAll(selector)) {
    const words = part.textContent.trim();
    if (words && [...words].every((letter) => letter in letters)) {
      part.replaceWith([...words].map((letter) => letters[letter]).join(""));
    }
  }
};

export const cleaned = (html) => {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const part of body.querySelectorAll("style, script, meta, link, title, xml, img, svg")) part.remove();
  listWord(body);
  shift(body, 'sup, [style*="vertical-align:super" i], [style*="vertical-align: super" i]', RAISED);
  shift(body, 'sub, [style*="vertical-align:sub" i], [style*="vertical-align: sub" i]', LOWERED);
  lay(body);
  level(body);
  for (const link of body.querySelectorAll("a")) {
    if (link.hasAttribute("href")) link.href = untracked(link.getAttribute("href"));
    else link.replaceWith(...link.childNodes);
  }
  for (const around of body.querySelectorAll('b[id^="docs-internal-guid"]')) around.replaceWith(...around.childNodes);
  return body.innerHTML
    .replace(/<!--.*?-->/gs, "")
    .replace(/<\/?o:p[^>]*>/gi, "")
    .replace(INVISIBLE, "");
};

const own = new WeakSet(); // what this script sends to the editor

const send = (target, html, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  if (html) clipboardData.setData("text/html", html);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  own.add(event);
  target.dispatchEvent(event);
};

document.addEventListener(
  "paste",
  (event) => {
    if (!event.clipboardData || own.has(event)) return;
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    const plain = text.replace(INVISIBLE, "");
    const { target } = event;
    if (target.closest?.(".DraftEditor-root")) {
      if (/data-(editor|draftjs)/.test(html)) return; // from one editor into another
      const clean = html && cleaned(html);
      if (clean === html && plain === text) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      send(target, clean, plain);
    } else if (plain !== text && target.matches?.("input, textarea")) {
      event.preventDefault();
      document.execCommand("insertText", false, plain); // the one way that undo knows
    }
  },
  true,
);
