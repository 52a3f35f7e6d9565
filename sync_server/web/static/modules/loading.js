// Bring a transcript and its blobs from the server.

import { decodeText, decodeTiming, decodeTranscript } from "./decoding.js";
import { fetchBytes } from "./fetching.js";
import { paragraphsOf } from "./paragraphs.js";
import { segmentsOf } from "./transcript.js";

/**
 * Return `{body, paragraphs, hasTimes}`; `addresses` are those of the item's body and, as a
 * beginning, of the blobs. A text that is missing is an error; times that are missing are left out.
 */
export async function loadTranscript(addresses, ask = fetch) {
  const body = await decodeTranscript(await fetchBytes(addresses.body, ask));
  const blobs = new Map();
  let hasTimes = true;
  await Promise.all(
    body.runs.map(async ({ run, text, timing }) => {
      const [words, times] = await Promise.all([
        fetchBytes(addresses.blobs + text, ask).then(decodeText),
        fetchBytes(addresses.blobs + timing, ask)
          .then(decodeTiming)
          .catch(() => undefined),
      ]);
      hasTimes &&= times !== undefined;
      blobs.set(run, { text: words, timing: times });
    }),
  );
  return { body, paragraphs: paragraphsOf(segmentsOf(body, blobs)), hasTimes };
}
