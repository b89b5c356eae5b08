// What comes up over the chat and goes again: toasts, alerts, questions, a picture in large.

import { element, part } from "./dom.js";

/** Milliseconds a toast stays: time to notice it, and to read it slowly. */
const stay = (text) => Math.min(2000 + 55 * text.length, 9000);

/** Show a few words for a moment. */
export function toast(text) {
  const shown = element("p", { class: "toast", text, dataset: { testid: "toast" } });
  part("toasts").replaceChildren(shown);
  setTimeout(() => shown.remove(), stay(text));
}

/** Show words until they are put away. */
export function alertDialog(text) {
  return dialog(text, [{ words: "OK", value: "ok", main: true }], "alert");
}

/** Ask; true when the person agreed. */
export async function ask(text, words) {
  const choices = [{ words: "Cancel", value: "" }, { words, value: "yes", main: true }];
  return (await dialog(text, choices, "question")) === "yes";
}

/** Show a picture as large as the window. */
export function showPicture(photo) {
  const image = element("img", { src: photo.url, width: photo.width, height: photo.height, alt: photo.alt || "Picture" });
  const close = element("button", { type: "submit", class: "wide", value: "", text: "Close" });
  return open(element("dialog", { class: "large", "aria-label": "Picture" }, form(image, close)));
}

function dialog(text, choices, name) {
  const words = element("p", { class: "dialog-words", id: `${name}-words`, text });
  const buttons = choices.map(({ words: label, value, main }) =>
    element("button", { type: "submit", value, class: main ? "wide" : "quiet", autofocus: main, text: label }));
  const row = element("div", { class: "dialog-buttons" }, ...buttons);
  return open(element("dialog", { "aria-labelledby": words.id, dataset: { testid: name } }, form(words, row)));
}

const form = (...children) => element("form", { method: "dialog" }, ...children);

/** Show a dialog until it is closed; its value. The focus goes back where it was. */
function open(shown) {
  const before = document.activeElement;
  document.body.append(shown);
  shown.addEventListener("click", (event) => event.target === shown && shown.close(""));
  shown.showModal();
  return new Promise((resolve) => {
    shown.addEventListener("close", () => {
      shown.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(shown.returnValue);
    });
  });
}
