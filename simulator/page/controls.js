// The side panel: who writes, what time it is, what else can be tried. On a phone it lies behind one button.

import { element, icon, part } from "./dom.js";

const WIDE = matchMedia("(min-width: 60rem)");

/** The panel. `doings` = {become(id), enter(chat), addPerson(person), forward(seconds), jump(), media(kind), changeLast(),
 * block(), clear()}. */
export class Controls {
  constructor(doings) {
    this.doings = doings;
    part("theme").append(icon("moon"), icon("sun"));
    part("panel-open").append(icon("controls"));
    part("panel-close").append(icon("close"));
    this.#wirePanel();
    this.#wirePeople();
    for (const button of document.querySelectorAll("[data-forward]")) {
      button.addEventListener("click", () => this.#passTime(() => doings.forward(Number(button.dataset.forward))));
    }
    part("jump").addEventListener("click", () => this.#passTime(() => doings.jump()));
    for (const button of document.querySelectorAll("[data-media]")) {
      this.#leaving(button, () => doings.media(button.dataset.media));
    }
    this.#leaving(part("edit-last"), () => doings.changeLast());
    this.#leaving(part("clear"), () => doings.clear());
    part("block").addEventListener("click", () => doings.block());
  }

  /** Show the people there are, and which of them writes. */
  people(personas, me) {
    const options = personas.map((one) =>
      element("option", { value: String(one.id), text: `${one.first_name}, ${one.role}` }));
    part("persona").replaceChildren(...options);
    part("persona").value = String(me.id);
    part("block").textContent = me.blocked ? "Unblock the bot" : "Block the bot";
    part("tip").textContent = me.tip ?? "";
    part("tip").hidden = !me.tip;
  }

  /** Show where one can write: the own chat with the bot, and groups. */
  places(groups, me, chat) {
    const own = { id: me.id, title: "The chat with the bot" };
    const options = [own, ...groups].map(({ id, title }) => element("option", { value: String(id), text: title }));
    part("place").replaceChildren(...options);
    part("place").value = String(chat);
    part("places").hidden = groups.length === 0;
  }

  /** Close the panel on a phone; on a wide window it stays. */
  close() {
    this.#turn(false);
  }

  #wirePanel() {
    part("panel-open").addEventListener("click", () => this.#turn(true));
    part("panel-close").addEventListener("click", () => this.#turn(false));
    part("panel").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !WIDE.matches) this.#turn(false);
    });
    WIDE.addEventListener("change", () => this.#turn(false));
  }

  #wirePeople() {
    part("persona").addEventListener("change", (event) => this.doings.become(Number(event.target.value)));
    part("place").addEventListener("change", (event) => this.doings.enter(Number(event.target.value)));
    part("person-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const added = await this.doings.addPerson({
        first_name: part("person-name").value.trim(),
        role: part("person-role").value,
        language_code: part("person-language").value.trim() || "en",
      });
      if (!added) return;
      event.target.reset();
      part("newcomer").open = false;
      part("persona").focus();
    });
  }

  /** Hours pass one by one, so a week takes a moment; meanwhile a second press does nothing. */
  async #passTime(doing) {
    if (part("passing").textContent !== "") return;
    part("passing").textContent = "Time passes. The bot does what becomes due.";
    await doing();
    part("passing").textContent = "";
  }

  /** A button whose effect is to be seen in the chat, so the panel makes room on a phone. */
  #leaving(button, doing) {
    button.addEventListener("click", () => {
      this.#turn(false);
      doing();
    });
  }

  #turn(open) {
    const was = part("panel").classList.contains("open");
    part("panel").classList.toggle("open", open);
    part("phone").inert = open;
    part("panel-open").setAttribute("aria-expanded", String(open));
    if (open) part("panel-close").focus();
    else if (was) part("panel-open").focus();
  }
}
