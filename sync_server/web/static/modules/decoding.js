// Bodies and blobs as objects; what must be there is checked here, so that the rest can trust it.
// The layout is that of docs/transcript-format.md.

import { DAMAGED, FormatError } from "./errors.js";
import { inflate } from "./inflate.js";

const FORMAT = 1;

/** Return the transcript in an item's body. */
export async function decodeTranscript(packed) {
  const body = await decoded(packed);
  check(isText(body.title), "title");
  for (const name of ["runs", "words", "marks", "speakers", "tags", "gaps"]) {
    body[name] ??= [];
    check(Array.isArray(body[name]), name);
  }
  body.info ??= {};
  check(isObject(body.info), "info");
  check(body.runs.every(isRun), "runs");
  check(body.words.every(isPiece), "words");
  check(body.marks.every(isMark), "marks");
  check(
    body.speakers.every((speaker) => isObject(speaker) && isText(speaker.id)),
    "speakers",
  );
  return body;
}

/** Return a text blob. */
export async function decodeText(packed) {
  const blob = await decoded(packed);
  check(Array.isArray(blob.blocks), "blocks");
  check(
    blob.blocks.every((part) => isPart(part) && isTexts(part.words)),
    "blocks",
  );
  return blob;
}

/** Return a timing blob. */
export async function decodeTiming(packed) {
  const blob = await decoded(packed);
  check(Array.isArray(blob.blocks), "blocks");
  check(
    blob.blocks.every((part) => isPart(part) && isNumbers(part.starts) && isNumbers(part.lengths)),
    "blocks",
  );
  return blob;
}

async function decoded(packed) {
  const bytes = await inflate(packed);
  let value;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new FormatError(DAMAGED, { cause: error });
  }
  check(isObject(value), "all");
  check(Number.isSafeInteger(value.format), "format");
  if (value.format > FORMAT) {
    throw new FormatError("A newer version of the program wrote this transcript. Read it there.");
  }
  return value;
}

function check(holds, field) {
  if (!holds) {
    throw new FormatError(`${DAMAGED} (${field})`);
  }
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value) {
  return typeof value === "string";
}

function isTexts(value) {
  return Array.isArray(value) && value.every(isText);
}

function isNumbers(value) {
  return Array.isArray(value) && value.every(Number.isSafeInteger);
}

function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}

function isRun(run) {
  const isHash = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value);
  return isObject(run) && isText(run.run) && isHash(run.text) && isHash(run.timing);
}

function isPiece(piece) {
  if (Array.isArray(piece)) {
    return piece.length === 4 && piece.every(isCount);
  }
  return isObject(piece) && isText(piece.id) && (piece.text === undefined || isText(piece.text));
}

function isMark(mark) {
  return isObject(mark) && isText(mark.id) && (mark.before === undefined || isText(mark.before));
}

function isPart(part) {
  return isObject(part) && isCount(part.block) && isCount(part.n);
}
