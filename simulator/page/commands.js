// The list of the bot's commands: by the Menu button, or narrowed down by typing "/".

import { element } from "./dom.js";

const TYPED = /^\/\w*$/;

/** The menu above the message field. `choose(command)` is called with "/name". */
export class CommandMenu {
  #commands = [];
  #byButton = false;

  constructor(box, button, input, choose) {
    Object.assign(this, { box, button, input, choose });
    button.addEventListener("click", () => (this.isOpen ? this.close(true) : this.#openByButton()));
    input.addEventListener("input", () => this.#follow(input.value));
    box.addEventListener("keydown", (event) => this.#boxKey(event));
    document.addEventListener("pointerdown", (event) => {
      if (this.isOpen && !box.contains(event.target) && !button.contains(event.target)) this.close(false);
    });
  }

  get isOpen() {
    return !this.box.hidden;
  }

  /** @param {{command: string, description: string}[]} commands */
  set(commands) {
    this.#commands = commands;
    if (this.isOpen) this.#show(this.#byButton ? "" : this.input.value);
  }

  /** Put the menu away; `back` gives the focus to where it was opened from. */
  close(back) {
    if (!this.isOpen) return;
    this.box.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (back) (this.#byButton ? this.button : this.input).focus();
  }

  /** A key in the message field; true when it was meant for the menu. */
  key(event) {
    if (!this.isOpen) return false;
    if (event.key === "Escape") this.close(true);
    else if (event.key === "ArrowDown") this.#mark(1);
    else if (event.key === "ArrowUp") this.#mark(-1);
    else if ((event.key === "Enter" || event.key === "Tab") && this.#marked) this.#marked.click();
    else return false;
    event.preventDefault();
    return true;
  }

  get #options() {
    return [...this.box.querySelectorAll("[role=option]")];
  }

  get #marked() {
    return this.box.querySelector("[aria-selected=true]");
  }

  #openByButton() {
    this.#byButton = true;
    this.#show("");
    this.button.setAttribute("aria-expanded", "true");
    (this.#options[0] ?? this.button).focus();
  }

  #follow(text) {
    this.#byButton = false;
    if (TYPED.test(text)) this.#show(text);
    else this.close(false);
  }

  #show(typed) {
    const start = typed.slice(1).toLowerCase();
    const fitting = this.#commands.filter(({ command }) => command.startsWith(start));
    const none = typed === "" ? element("p", { class: "small", text: "The bot has not set any commands yet." }) : null;
    this.box.replaceChildren(...fitting.map((command, index) => this.#option(command, index)));
    if (fitting.length === 0 && none !== null) this.box.append(none);
    this.box.hidden = this.box.childElementCount === 0;
    this.box.scrollTop = 0;
  }

  #option({ command, description }, index) {
    return element(
      "button",
      { type: "button", class: "command", role: "option", id: `command-${index}`, tabindex: "-1",
        "aria-selected": "false", dataset: { testid: "command", command },
        onclick: () => {
          this.close(true);
          this.choose(`/${command}`);
        } },
      element("span", { class: "command-name", text: `/${command}` }),
      element("span", { class: "command-description", text: description }),
    );
  }

  #mark(step) {
    const options = this.#options;
    const now = options.indexOf(this.#marked);
    const next = options[(Math.max(now, step > 0 ? -1 : 0) + step + options.length) % options.length];
    for (const option of options) option.setAttribute("aria-selected", String(option === next));
    this.input.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }

  #boxKey(event) {
    const options = this.#options;
    const now = options.indexOf(document.activeElement);
    const goals = { ArrowDown: now + 1, ArrowUp: now - 1 + options.length, Home: 0, End: options.length - 1 };
    if (event.key === "Escape") this.close(true);
    else if (event.key === "Tab") return this.close(true);
    else if (event.key in goals && options.length > 0) options[goals[event.key] % options.length].focus();
    else return;
    event.preventDefault();
  }
}
