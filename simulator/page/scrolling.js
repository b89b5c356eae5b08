// Where the reader is in the messages: at the end, which is kept, or further up, where nothing may move.

const NEAR = 48; // pixels from the end that still count as being there

/** Keeps the place of the reader in a scrolling element. */
export class Place {
  #atEnd = true;
  #height = 0;

  constructor(scroller, moved) {
    this.scroller = scroller;
    this.moved = moved;
    scroller.addEventListener("scroll", () => this.#look(), { passive: true });
    new ResizeObserver(() => this.#resized()).observe(scroller);
  }

  get atEnd() {
    return this.#atEnd;
  }

  /** Go to the newest message. */
  toEnd() {
    this.#atEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.moved(true);
  }

  /** Make `change`; then stay at the end, or keep the first message in view where it was. */
  keep(change) {
    if (this.#atEnd) {
      change();
      this.toEnd();
      return;
    }
    const anchor = this.#firstInView();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) this.scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  #firstInView() {
    const top = this.scroller.getBoundingClientRect().top;
    return [...this.scroller.children].find((child) => child.getBoundingClientRect().bottom > top);
  }

  #resized() {
    this.#height = this.scroller.clientHeight;
    if (this.#atEnd) this.toEnd();
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    if (clientHeight !== this.#height) return; // the foot grew or shrank; nobody has scrolled
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    this.moved(this.#atEnd);
  }
}
