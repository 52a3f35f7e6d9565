// The list of a library's transcripts: their titles are inside, so the browser looks.

import { decodeTranscript } from "./decoding.js";
import { fetchBytes } from "./fetching.js";
import { aboutOf, clock } from "./words.js";

const AT_ONCE = 6;

/** Fill in the titles of all rows that have none yet. */
export async function fillTitles(list, ask = fetch) {
  const rows = [...list.querySelectorAll("a[data-body]")];
  const work = rows.filter((row) => row.dataset.state === undefined);
  for (const row of work) {
    row.dataset.state = "waiting";
  }
  const next = async () => {
    for (let row = work.shift(); row; row = work.shift()) {
      await fillTitle(row, ask);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

async function fillTitle(row, ask) {
  let body;
  try {
    body = await decodeTranscript(await fetchBytes(row.dataset.body, ask));
  } catch {
    // The row still opens the transcript, and that page says what is wrong.
    row.dataset.state = "unreadable";
    return;
  }
  row.dataset.state = "filled";
  row.querySelector("[data-title]").textContent = body.title || "Untitled";
  const { duration } = body.info;
  const hasLength = Number.isFinite(duration);
  row.querySelector("[data-length]").textContent = hasLength ? clock(duration) : "";
  const about = aboutOf(body).slice(hasLength ? 1 : 0);
  row.querySelector("[data-about]").textContent = about.map((part) => `${part} · `).join("");
}

/** Fill in titles now and whenever rows are added. */
export function watch(list, ask = fetch) {
  new MutationObserver(() => fillTitles(list, ask)).observe(list, { childList: true });
  return fillTitles(list, ask);
}

const items = globalThis.document?.getElementById("items");
if (items) {
  await watch(items);
}
