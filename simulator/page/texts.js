// The parts of a text that a reader can work: long quotations, spoilers, commands.

import { element, icon } from "./dom.js";

const COMMAND = /(?<=^|[\s(])\/[a-z]\w{0,31}(?![\w/])/gi; // Bot API, BotCommand: at most 32 characters

let numbered = 0;

/** Give what can be worked below `text` its controls; `command("/name")` is called with a command pressed. */
export function enliven(text, command) {
  linkCommands(text, command);
  for (const quote of text.querySelectorAll("blockquote.expandable")) makeExpandable(quote);
  for (const spoiler of text.querySelectorAll(".spoiler")) makeSpoiler(spoiler);
}

/** Show the button of a quotation only where more than three lines are to be seen. Call when the layout changed. */
export function settleQuotes(within) {
  for (const quote of within.querySelectorAll("blockquote.expandable")) {
    const words = quote.querySelector(".quote-words");
    const more = quote.querySelector(".quote-more");
    if (more.getAttribute("aria-expanded") === "true") continue;
    more.hidden = words.scrollHeight <= words.clientHeight + 1;
    quote.classList.toggle("folded", !more.hidden);
  }
}

function makeExpandable(quote) {
  const words = element("div", { class: "quote-words", id: `quote-${(numbered += 1)}` }, ...quote.childNodes);
  const label = element("span", { text: "Show all" });
  const more = element(
    "button",
    { type: "button", class: "quote-more", "aria-expanded": "false", "aria-controls": words.id, hidden: true,
      dataset: { testid: "quote-more" } },
    label, icon("chevron"),
  );
  const turn = () => {
    const open = more.getAttribute("aria-expanded") !== "true";
    more.setAttribute("aria-expanded", String(open));
    label.textContent = open ? "Show less" : "Show all";
    quote.classList.toggle("open", open);
  };
  more.addEventListener("click", turn);
  words.addEventListener("click", (event) => {
    const busy = event.target.closest("a, .spoiler") !== null || !getSelection().isCollapsed;
    if (!more.hidden && !busy) turn();
  });
  quote.append(words, more);
}

function linkCommands(text, command) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest("a, code, pre, .spoiler") === null) nodes.push(walker.currentNode);
  }
  for (const node of nodes) {
    const found = [...node.data.matchAll(COMMAND)];
    for (const { 0: name, index } of found.reverse()) {
      const after = node.splitText(index);
      after.data = after.data.slice(name.length);
      after.before(element("button", { type: "button", class: "linked", text: name, onclick: () => command(name) }));
    }
  }
}

/** A span with the role of a button: a real one cannot run over the end of a line, and hidden words do. */
function makeSpoiler(spoiler) {
  spoiler.setAttribute("role", "button");
  spoiler.setAttribute("tabindex", "0");
  spoiler.setAttribute("aria-label", "Hidden words. Press to show them.");
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    for (const name of ["role", "tabindex", "aria-label"]) spoiler.removeAttribute(name);
    spoiler.classList.add("shown");
  };
  spoiler.addEventListener("click", show, { once: true });
  spoiler.addEventListener("keydown", show);
}
