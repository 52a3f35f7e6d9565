// The search field above a transcript, its buttons and keys.

import { Search } from "./search.js";

const WAIT = 150;

/** Connects the field of a reading view with what is searched. */
export class SearchBar {
  constructor(form, elements) {
    this.form = form;
    this.field = form.querySelector("input");
    this.count = form.querySelector("[data-count]");
    this.search = new Search(elements);
    this.timer = undefined;
    this.field.addEventListener("input", () => this.#later());
    this.field.addEventListener("keydown", (event) => this.#onFieldKey(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    form.querySelector("[data-previous]").addEventListener("click", () => this.step(-1));
    form.ownerDocument.addEventListener("keydown", (event) => this.#onPageKey(event));
  }

  /** Go to the next place, or back; what was typed last counts. */
  step(by) {
    this.#now();
    const place = this.search.go(by);
    place?.scrollIntoView({ block: "center" });
    this.#tell();
  }

  /** Take the search back. */
  clear() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.field.value = "";
    this.search.clear();
    this.#tell();
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.step(1), WAIT);
  }

  #now() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.searched !== this.field.value) {
      this.searched = this.field.value;
      this.search.find(this.field.value);
    }
  }

  #tell() {
    const { current, isCut, marks } = this.search;
    const total = isCut ? `more than ${marks.length.toLocaleString("en")}` : marks.length;
    if (this.field.value.trim() === "") {
      this.searched = undefined;
      this.count.textContent = "";
    } else if (marks.length === 0) {
      this.count.textContent = `No place has “${this.field.value.trim()}”.`;
    } else {
      this.count.textContent = `${current + 1} of ${total}`;
    }
  }

  #onFieldKey(event) {
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      this.step(-1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.clear();
      this.field.blur();
    }
  }

  #onPageKey(event) {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      this.field.focus();
      this.field.select();
    } else if (event.key === "F3" && this.field.value.trim() !== "") {
      event.preventDefault();
      this.step(event.shiftKey ? -1 : 1);
    }
  }
}
