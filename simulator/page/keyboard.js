// Inline keyboards: rows of buttons below a message, and which of them wait for the bot.

import { element, icon } from "./dom.js";

const LONGEST_WAIT = 15000; // milliseconds; a bot that has not answered by then will not be waited for

/** Which pressed buttons wait for their answer. An answer may come before the press itself has returned. */
export class Presses {
  #waiting = new Map(); // key of the button -> query id, or null until it is known
  #early = new Set(); // queries answered before their id was known here

  constructor(changed) {
    this.changed = changed;
  }

  has(message, data) {
    return this.#waiting.has(keyOf(message, data));
  }

  /** Press a button by `send`, which returns the query's id; a button that waits is not pressed twice. */
  async press(message, data, send) {
    const key = keyOf(message, data);
    if (this.#waiting.has(key)) return;
    this.#set(key, null);
    try {
      const query = String(await send());
      if (this.#early.delete(query)) this.#done(key);
      else this.#set(key, query);
      setTimeout(() => this.#waiting.get(key) === query && this.#done(key), LONGEST_WAIT);
    } catch (error) {
      this.#done(key);
      throw error;
    }
  }

  /** The bot has answered this query. */
  answered(query) {
    for (const [key, known] of this.#waiting) {
      if (known === String(query)) return this.#done(key);
    }
    this.#early.add(String(query));
  }

  /** Another chat is shown. */
  forget() {
    this.#waiting.clear();
    this.#early.clear();
  }

  #set(key, query) {
    this.#waiting.set(key, query);
    this.changed();
  }

  #done(key) {
    this.#waiting.delete(key);
    this.changed();
  }
}

const keyOf = (message, data) => `${message} ${data}`;

/** The rows of buttons of `message`; `pressed(message, button)` is called with the one pressed. */
export function keyboard(message, pressed) {
  const rows = message.buttons.map((row) =>
    element("div", { class: "keys-row" }, ...row.map((button) => key(message, button, pressed))),
  );
  return element("div", { class: "keys", role: "group", "aria-label": "Answers" }, ...rows);
}

function key(message, button, pressed) {
  return element(
    "button",
    { type: "button", class: "key", dataset: { testid: "inline-button", callback: button.data ?? "" },
      onclick: () => pressed(message, button) },
    element("span", { class: "key-words", text: button.text }),
    button.url ? icon("outside") : null,
  );
}

/** Mark the buttons that wait, below `within`. Not disabled: the focus stays where it is. */
export function paintWaiting(within, presses) {
  for (const made of within.querySelectorAll(".key")) {
    const message = made.closest("[data-message-id]").dataset.messageId;
    const waits = made.dataset.callback !== "" && presses.has(message, made.dataset.callback);
    if (waits) made.setAttribute("aria-busy", "true");
    else made.removeAttribute("aria-busy");
  }
}
