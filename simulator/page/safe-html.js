// Message HTML to DOM, by a list of what is allowed: the server has escaped everything else already,
// and a mistake there must not become a script here.

import { element } from "./dom.js";

const PLAIN = new Set(["B", "I", "U", "S", "CODE", "PRE"]);
const BLOCKS = new Set(["BLOCKQUOTE", "PRE"]);
const ADDRESS = /^(https?|tg|mailto|tel):/i;

/** A fragment with only b i u s code pre a blockquote and spoilers in it; of other tags, only their text. */
export function fragmentOf(html) {
  const parsed = new DOMParser().parseFromString(`<body>${html}`, "text/html");
  const made = document.createDocumentFragment();
  copyChildren(parsed.body, made);
  return made;
}

function copyChildren(from, to) {
  let afterBlock = false;
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      // The newline that ends a block stands for its end, not for an empty line.
      to.append(afterBlock ? node.data.replace(/^\n/, "") : node.data);
      afterBlock = false;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      copyElement(node, to);
      afterBlock = BLOCKS.has(node.tagName);
    }
  }
}

function copyElement(node, to) {
  const copy = allowed(node);
  if (copy === null) {
    copyChildren(node, to);
    return;
  }
  copyChildren(node, copy);
  to.append(copy);
}

function allowed(node) {
  if (PLAIN.has(node.tagName)) return element(node.tagName.toLowerCase());
  if (node.tagName === "BLOCKQUOTE") {
    return element("blockquote", { class: node.classList.contains("expandable") ? "expandable" : null });
  }
  if (node.tagName === "SPAN" && node.classList.contains("spoiler")) return element("span", { class: "spoiler" });
  if (node.tagName === "A" && ADDRESS.test(node.getAttribute("href") ?? "")) {
    return element("a", { href: node.getAttribute("href"), target: "_blank", rel: "noopener noreferrer" });
  }
  return null;
}
