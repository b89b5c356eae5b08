// One message: its bubble, and its keyboard. Made once, then changed in place.

import { hourOf, machineTime } from "./clock.js";
import { element, icon } from "./dom.js";
import { keyboard } from "./keyboard.js";
import { enliven } from "./texts.js";
import { fragmentOf } from "./safe-html.js";

const KINDS = {
  sticker: "Sticker", voice: "Voice message", video: "Video", animation: "Animation", audio: "Audio",
  location: "Location", contact: "Contact", dice: "Dice", poll: "Poll", photo: "Photo", document: "Document",
};

/** A message on the screen. `doings` = {pressed(message, button), picture(photo), command(name)}. */
export class MessageView {
  constructor(message, doings) {
    this.doings = doings;
    this.body = element("div", { class: "bubble" });
    this.node = element("article", {
      class: "message", tabindex: "-1", "aria-labelledby": `who-${message.id} when-${message.id}`,
      dataset: { testid: "message", messageId: message.id, from: message.from },
    }, this.body);
    this.keys = null;
    this.show(message);
  }

  /** Show the message as it now is; what did not change stays as it is, opened quotations and the focus included. */
  show(message) {
    const content = JSON.stringify({ ...message, buttons: null, edit_date: null });
    if (content !== this.content) this.body.replaceChildren(...bodyOf(message, this.doings));
    const buttons = JSON.stringify(message.buttons ?? []);
    if (buttons !== this.buttons) this.#replaceKeys(message);
    this.message = message;
    this.content = content;
    this.buttons = buttons;
    this.node.classList.toggle("edited", message.edited);
  }

  #replaceKeys(message) {
    const before = this.keys?.contains(document.activeElement) ? document.activeElement : null;
    const place = before === null ? -1 : [...this.keys.querySelectorAll("button")].indexOf(before);
    this.keys?.remove();
    this.keys = (message.buttons ?? []).length > 0 ? keyboard(message, this.doings.pressed) : null;
    if (this.keys !== null) this.node.append(this.keys);
    if (before === null) return;
    const now = [...(this.keys?.querySelectorAll("button") ?? [])];
    (now[place] ?? now[0] ?? this.node).focus({ preventScroll: true });
  }
}

function bodyOf(message, doings) {
  const sender = element("span", { class: "unseen sender", id: `who-${message.id}`, text: `${message.name}: ` });
  const words = element("div", { class: "words" });
  words.append(fragmentOf(message.photo?.caption_html || message.html || ""));
  enliven(words, doings.command);
  const parts = [message.photo && picture(message.photo, doings), message.document && file(message.document),
    !message.photo && !message.document && message.kind in KINDS ? placeholder(message.kind) : null];
  return [sender, ...parts.filter(Boolean), words, timeOf(message)];
}

function timeOf(message) {
  const edited = message.edited ? element("span", { class: "edited-word", text: "edited " }) : null;
  const time = element("time", { datetime: machineTime(message.date), text: hourOf(message.date) });
  return element("span", { class: "when", id: `when-${message.id}` }, edited, time);
}

function picture(photo, doings) {
  const image = element("img", { src: photo.url, width: photo.width, height: photo.height, alt: photo.alt || "Picture" });
  return element("button", {
    type: "button", class: "picture", title: "Press to see it large",
    onclick: () => doings.picture(photo),
  }, image);
}

function file(document) {
  return element(
    "a", { class: "file", href: document.url, download: document.name, dataset: { testid: "document" } },
    element("span", { class: "file-sign" }, icon("file")),
    element("span", { class: "file-words" },
      element("span", { class: "file-name", text: document.name }),
      element("span", { class: "file-size", text: sizeOf(document.size) })),
  );
}

function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1000000) return `${(bytes / 1000).toFixed(bytes < 10000 ? 1 : 0)} kB`;
  return `${(bytes / 1000000).toFixed(1)} MB`;
}

function placeholder(kind) {
  return element("p", { class: "other" }, icon(kind), element("span", { text: KINDS[kind] }));
}
