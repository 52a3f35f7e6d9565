// Search in the page: mark what was found, and step through it.

import { fold, placesOf } from "./folding.js";

/** Places that are marked at most; more help nobody, and slow the page down. */
export const MAX_PLACES = 2000;

/** Finds text in elements that hold nothing but text. */
export class Search {
  constructor(elements) {
    this.lines = elements.map((element) => ({ element, text: element.textContent }));
    this.marks = [];
    this.isCut = false;
    this.current = -1;
  }

  /** Mark all places of a query; return how many they are. */
  find(query) {
    this.clear();
    const wanted = fold(query.trim()).folded;
    for (const line of this.lines) {
      if (this.marks.length >= MAX_PLACES) {
        this.isCut = wanted !== "";
        break;
      }
      line.folded ??= fold(line.text);
      const places = placesOf(line.folded, wanted);
      if (places.length > 0) {
        this.#mark(line, places);
      }
    }
    return this.marks.length;
  }

  /** Go on by `step` places, around the ends; return the place's element, or undefined. */
  go(step) {
    const count = this.marks.length;
    if (count === 0) {
      return undefined;
    }
    this.marks[this.current]?.classList.remove("is-current");
    const from = this.current < 0 && step < 0 ? 0 : this.current;
    this.current = (from + step + count) % count;
    const mark = this.marks[this.current];
    mark.classList.add("is-current");
    return mark;
  }

  /** Take all marks away. */
  clear() {
    for (const line of this.lines.filter((each) => each.isMarked)) {
      line.element.replaceChildren(line.text);
      line.isMarked = false;
    }
    this.marks = [];
    this.isCut = false;
    this.current = -1;
  }

  #mark(line, places) {
    const parts = [];
    let at = 0;
    for (const [start, stop] of places) {
      const mark = line.element.ownerDocument.createElement("mark");
      mark.textContent = line.text.slice(start, stop);
      parts.push(line.text.slice(at, start), mark);
      this.marks.push(mark);
      at = stop;
    }
    line.element.replaceChildren(...parts, line.text.slice(at));
    line.isMarked = true;
  }
}
