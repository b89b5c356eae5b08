// Where the reader is in the messages: at the end, which is kept, or further up, where nothing may move.

const NEAR = 48; // pixels from the end that still count as being there
const MARGIN = 8; // pixels above a message that is shown from its top

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

  /** Make `change`; then stay at the end, or keep the first message in view where it was.
   *  At the end, what `change` returns is to be read, and is shown from its top when it is taller than the view. */
  keep(change) {
    if (this.#atEnd) {
      const below = this.#below;
      const news = change();
      this.toEnd();
      if (news) this.#beginAt(news);
      else if (below < NEAR) this.scroller.scrollTop -= below; // what is read from its top still is
      return;
    }
    const anchor = this.#firstInView();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) this.scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  #beginAt(node) {
    const above = this.scroller.getBoundingClientRect().top + MARGIN - node.getBoundingClientRect().top;
    if (above <= MARGIN) return;
    this.scroller.scrollTop -= above;
    this.#look();
  }

  #firstInView() {
    const top = this.scroller.getBoundingClientRect().top;
    return [...this.scroller.children].find((child) => child.getBoundingClientRect().bottom > top);
  }

  #resized() {
    this.#height = this.scroller.clientHeight;
    if (this.#atEnd) this.toEnd();
  }

  /** Pixels from here to the end. */
  get #below() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  #look() {
    if (this.scroller.clientHeight !== this.#height) return; // the foot grew or shrank; nobody has scrolled
    this.#atEnd = this.#below < NEAR;
    this.moved(this.#atEnd);
  }
}
