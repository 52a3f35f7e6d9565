// Transcripts to test with: those of docs/transcript-format.md, and pages as the server makes them.

import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

const DOCUMENT = readFileSync(
  new URL("../../../../docs/transcript-format.md", import.meta.url),
  "utf8",
);

/** Return an example of the document by its name, as an object. */
export function example(name) {
  return JSON.parse(DOCUMENT.match(new RegExp(`^\`\`\`json ${name}\\n([^]*?)^\`\`\``, "m"))[1]);
}

/** Return a value as devices send it. */
export function packed(value) {
  return new Uint8Array(deflateSync(Buffer.from(JSON.stringify(value))));
}

/** Return a `fetch` that knows some addresses; a number is a status, an error is thrown. */
export function server(answers) {
  const asked = [];
  const ask = async (address) => {
    asked.push(address);
    const answer = answers[address] ?? 404;
    if (answer instanceof Error) {
      throw answer;
    }
    return typeof answer === "number"
      ? { ok: false, status: answer }
      : { ok: true, status: 200, arrayBuffer: async () => answer.slice().buffer };
  };
  return Object.assign(ask, { asked });
}

/** Return what the server answers with for the document's example. */
export function exampleAnswers(changes = {}) {
  const body = { ...example("transcript"), ...changes };
  const [{ text, timing }] = example("transcript").runs;
  return {
    "/item/body": packed(body),
    [`/blobs/${text}`]: packed(example("text")),
    [`/blobs/${timing}`]: packed(example("timing")),
  };
}

const TEMPLATE = readFileSync(
  new URL("../../../../sync_server/web/templates/reading.html", import.meta.url),
  "utf8",
);

/** Put the server's reading page into a document. */
export function readingPage(document) {
  const article = TEMPLATE.match(/<article[^]*<\/article>\n<div[^]*?<\/div>/)[0];
  document.title = "Transcript · Whisper Transcriber";
  document.body.innerHTML = article
    .replace(/data-body="[^"]*"/, 'data-body="/item/body"')
    .replace(/\{\{ icon\('([a-z-]+)'\) \}\}/g, "<svg></svg>");
}
