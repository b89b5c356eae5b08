// Writing: the field, sending, changing one's last message; and the big button that stands there instead.

import { icon, part } from "./dom.js";
import { toast } from "./notices.js";

const TALLEST = 160; // pixels the field grows to before it scrolls

/** The foot of the chat. `doings` = {say(text), edit(message, text), lastOwn()}. */
export class Composer {
  #changing = null; // the message being changed
  #door = async () => {};
  #entering = false; // pressed twice is pressed once

  constructor(doings, menu) {
    this.doings = doings;
    this.menu = menu;
    this.form = part("composer");
    this.field = part("words");
    part("send").append(icon("send"));
    part("menu").append(icon("menu"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.field.addEventListener("input", () => this.#grow());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    part("editing-stop").addEventListener("click", () => this.#stopChanging());
    part("start").addEventListener("click", () => this.#enter());
  }

  /** Writing is possible, as this person. */
  writeAs(name) {
    this.field.placeholder = `Message as ${name}`;
    this.#showDoor(null);
  }

  /** Only one thing is possible: what the big button says. `doing` returns a promise that does not fail. */
  offer(words, label, doing) {
    part("door-words").textContent = words;
    part("start").textContent = label;
    this.#door = doing;
    this.#showDoor(label);
  }

  /** Another person writes now: nothing half written goes along. */
  reset() {
    this.#stopChanging();
    this.menu.close(false);
  }

  /** Take up one's last message to change it. */
  changeLast() {
    const message = this.doings.lastOwn();
    if (message === null || this.form.hidden) {
      toast("There is no message of yours to change yet.");
      return;
    }
    this.#changing = message;
    part("editing").hidden = false;
    this.#write(message.text);
    this.field.focus();
  }

  async #enter() {
    if (this.#entering) return;
    this.#entering = true;
    await this.#door();
    this.#entering = false;
  }

  #showDoor(label) {
    const hadFocus = this.form.contains(document.activeElement) || part("door").contains(document.activeElement);
    const changed = this.form.hidden === (label === null);
    this.form.hidden = label !== null;
    part("door").hidden = label === null;
    if (!changed || !hadFocus) return;
    const touch = matchMedia("(pointer: coarse)").matches; // where a focused field would bring up a keyboard
    (label !== null ? part("start") : touch ? part("log") : this.field).focus({ preventScroll: true });
  }

  #key(event) {
    if (event.isComposing || this.menu.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.#changing !== null) {
      event.preventDefault();
      this.#stopChanging();
    } else if (event.key === "ArrowUp" && this.field.value === "" && this.doings.lastOwn() !== null) {
      event.preventDefault();
      this.changeLast();
    }
  }

  async #send() {
    const text = this.field.value;
    if (text.trim() === "") return;
    const changing = this.#changing;
    this.menu.close(false);
    this.#stopChanging();
    this.field.focus();
    try {
      if (changing === null) await this.doings.say(text);
      else await this.doings.edit(changing.id, text);
    } catch (error) {
      toast(error.message);
      if (this.field.value === "") this.#write(text); // give back what did not go
    }
  }

  #stopChanging() {
    this.#changing = null;
    part("editing").hidden = true;
    this.#write("");
  }

  #write(text) {
    this.field.value = text;
    this.#grow();
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, TALLEST)}px`;
  }
}
