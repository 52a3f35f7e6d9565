// The page of one transcript.

import { ReadingError } from "./errors.js";
import { loadTranscript } from "./loading.js";
import { showTranscript } from "./reader.js";
import { SearchBar } from "./search_bar.js";

/** Load and show the transcript that the page is about; or say why it can't be shown. */
export async function open(document, ask = fetch) {
  const root = document.getElementById("reader");
  const state = document.getElementById("reader-state");
  tell(state, "Reading the transcript…");
  try {
    const { blobs, body: address } = root.dataset;
    const { body, paragraphs, hasTimes } = await loadTranscript({ blobs, body: address }, ask);
    const words = showTranscript(root, body, paragraphs);
    document.title = document.title.replace(/^Transcript/, () => body.title || "Untitled");
    root.querySelector("[data-print]").addEventListener("click", () => {
      document.defaultView.print();
    });
    root.hidden = false;
    new SearchBar(root.querySelector("[data-search]"), words);
    tell(state, hasTimes ? "" : "The times of this transcript could not be loaded.");
    showTarget(document);
  } catch (error) {
    const isKnown = error instanceof ReadingError;
    tell(state, isKnown ? error.message : "This page made a mistake. Read it in the program.");
    state.querySelector("[data-state-title]").hidden = false;
  }
}

function tell(state, sentence) {
  state.hidden = sentence === "";
  state.querySelector("[data-state-text]").textContent = sentence;
}

/** Go to the paragraph in the address: it was not there yet when the browser looked. */
function showTarget(document) {
  const { hash } = document.location;
  if (hash) {
    const id = decodeURIComponent(hash.slice(1));
    document.location.replace(hash);
    document.getElementById(id)?.scrollIntoView({ block: "center" });
  }
}

if (globalThis.document?.getElementById("reader")) {
  await open(globalThis.document);
}
