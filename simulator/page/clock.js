// The chat's own time, which can be moved forward, and how times and days are written.

const HOUR = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const LONG = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
});

const asDate = (seconds) => new Date(seconds * 1000);

/** "14:05" for Unix seconds, in the reader's time zone. */
export const hourOf = (seconds) => HOUR.format(asDate(seconds));

/** "Monday 3 March": also the key by which messages share a day. */
export const dayOf = (seconds) => DAY.format(asDate(seconds)).replace(",", "");

/** A machine-readable time for `<time datetime>`. */
export const machineTime = (seconds) => asDate(seconds).toISOString();

/** Runs on from the last time the simulator told, and shows itself in `<time>`. */
export class Clock {
  #told = 0;
  #at = 0;

  constructor(shown) {
    this.shown = shown;
    setInterval(() => this.show(), 5000);
  }

  /** @param {number} seconds Unix seconds in the simulator. */
  set(seconds) {
    this.#told = seconds;
    this.#at = performance.now();
    this.show();
  }

  /** Unix seconds, as far as is known here. */
  now() {
    return this.#told + (performance.now() - this.#at) / 1000;
  }

  show() {
    if (this.#told === 0) return;
    this.shown.textContent = LONG.format(asDate(this.now()));
    this.shown.dateTime = machineTime(this.now());
  }
}
