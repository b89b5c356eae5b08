// The messages of one chat, in order, under the days they belong to.

import { dayOf } from "./clock.js";
import { element, icon } from "./dom.js";
import { paintWaiting, Presses } from "./keyboard.js";
import { MessageView } from "./message.js";
import { settleQuotes } from "./texts.js";
import { Place } from "./scrolling.js";

/** By it one sees whether an edit says something else, or only says more. */
const firstLine = (message) => message.text.split("\n", 1)[0];

/** The list of messages. `doings` as in message.js. */
export class Chat {
  #views = new Map(); // message id -> MessageView
  #unseen = 0;

  constructor(log, fresh, doings) {
    this.log = log;
    this.fresh = fresh;
    this.doings = doings;
    this.presses = new Presses(() => paintWaiting(log, this.presses));
    this.place = new Place(log, (atEnd) => atEnd && this.#count(0));
    fresh.addEventListener("click", () => {
      this.place.toEnd();
      log.focus({ preventScroll: true });
    });
    log.addEventListener("keydown", (event) => this.#newestFirst(event));
    addEventListener("resize", () => this.place.keep(() => settleQuotes(log)));
    log.addEventListener("load", () => this.place.keep(() => {}), true); // a picture takes its room when it has come
  }

  get isEmpty() {
    return this.#views.size === 0;
  }

  /** The person's newest message of words; null when there is none. */
  get lastOwn() {
    const own = this.#messages().filter((message) => message.from === "person" && message.kind === "text");
    return own.at(-1) ?? null;
  }

  /** Show these messages and no others; `anew` for another chat, where the end is what matters. */
  replace(messages, anew) {
    this.log.setAttribute("aria-busy", "true"); // a history is not news to be read aloud
    const change = () => {
      const kept = new Set(messages.map((message) => message.id));
      for (const id of [...this.#views.keys()]) if (anew || !kept.has(id)) this.#drop(id);
      for (const message of messages) this.#put(message);
      this.#settle();
    };
    if (anew) this.presses.forget();
    this.place.keep(change);
    if (anew) this.place.toEnd();
    setTimeout(() => this.log.removeAttribute("aria-busy"));
  }

  /** A message is new, or is no longer what it was. */
  put(message) {
    const before = this.#views.get(message.id)?.message;
    const isNew = before === undefined;
    const { atEnd } = this.place; // what comes now is seen, if only from its top
    this.place.keep(() => {
      this.#put(message);
      this.#settle();
      return isNew || firstLine(before) !== firstLine(message) ? this.#views.get(message.id).node : null;
    });
    if (!isNew) return;
    this.#views.get(message.id).node.classList.add("arriving");
    if (message.from === "person") this.place.toEnd();
    else if (!atEnd) this.#count(this.#unseen + 1);
  }

  /** A button of this message was pressed: who reads the newest message wants to see what follows. */
  follow(id) {
    if (Number(this.log.lastElementChild?.dataset.messageId) === id) this.place.toEnd();
  }

  remove(id) {
    this.place.keep(() => {
      this.#drop(id);
      this.#settle();
    });
  }

  /** Tab from the log goes to the newest buttons; older ones are reached backwards from there. */
  #newestFirst(event) {
    if (event.target !== this.log || event.key !== "Tab" || event.shiftKey) return;
    const newest = [...this.log.querySelectorAll(".keys")].at(-1)?.querySelector("button");
    if (!newest) return;
    event.preventDefault();
    newest.focus();
  }

  #messages() {
    return [...this.#views.values()].map((view) => view.message).sort((one, other) => one.id - other.id);
  }

  #put(message) {
    const known = this.#views.get(message.id);
    if (known !== undefined) {
      known.show(message);
      return;
    }
    const view = new MessageView(message, this.doings);
    this.log.insertBefore(view.node, this.#firstAfter(message.id));
    this.#views.set(message.id, view);
  }

  #firstAfter(id) {
    const last = Number(this.log.lastElementChild?.dataset.messageId ?? 0);
    if (last < id) return null; // nearly always
    return [...this.log.children].find((node) => Number(node.dataset.messageId) > id) ?? null;
  }

  #drop(id) {
    this.#views.get(id)?.node.remove();
    this.#views.delete(id);
  }

  #settle() {
    this.#nameDays();
    settleQuotes(this.log);
    paintWaiting(this.log, this.presses);
  }

  #nameDays() {
    let day = "";
    let before = null;
    for (const node of [...this.log.children]) {
      if (node.classList.contains("day")) {
        before?.remove();
        before = node;
        continue;
      }
      const its = dayOf(this.#views.get(Number(node.dataset.messageId)).message.date);
      if (its === day) before?.remove();
      else if (before === null) node.before(element("p", { class: "day", text: its }));
      else if (before.textContent !== its) before.textContent = its;
      day = its;
      before = null;
    }
    before?.remove();
  }

  #count(unseen) {
    this.#unseen = unseen;
    this.fresh.hidden = unseen === 0;
    const words = unseen === 1 ? "1 new message" : `${unseen} new messages`;
    this.fresh.replaceChildren(element("span", { text: words }), icon("down"));
  }
}
