// Put a transcript together: its pieces over the words of its runs, cut into segments at its marks.

import { DAMAGED, FormatError } from "./errors.js";

/**
 * Return the segments of a transcript, those that were removed left out.
 *
 * `blobs` maps the name of each run to `{text, timing}`; `timing` may be missing, and then so are the
 * times. Times are milliseconds. Each segment has at least one word.
 */
export function segmentsOf(body, blobs) {
  const marks = new Map(body.marks.map((mark) => [mark.before ?? mark.id, mark]));
  const segments = [];
  for (const word of wordsOf(body, runsOf(body, blobs))) {
    const mark = marks.get(word.id);
    if (mark || segments.length === 0) {
      segments.push({ mark: mark ?? { id: word.id }, words: [] });
    }
    segments.at(-1).words.push(word);
  }
  return segments.filter(({ mark }) => mark.removed === undefined).map(segmentOf);
}

function segmentOf({ mark, words }) {
  const [first, last] = [words[0], words.at(-1)];
  return {
    id: mark.id,
    speaker: mark.speaker,
    paragraph: mark.paragraph,
    start: mark.start ?? first.start,
    end: mark.end ?? last.end,
    words,
    text: words.map((word) => word.text).join(""),
  };
}

/** Yield the words of a transcript in their order. */
function* wordsOf(body, runs) {
  for (const piece of body.words) {
    if (Array.isArray(piece)) {
      yield* rangeOf(piece, runs);
    } else {
      yield typedWord(piece, runs);
    }
  }
}

function* rangeOf([place, block, first, count], runs) {
  const run = runs[place];
  for (let n = first; n < first + count; n += 1) {
    const word = run?.words.get(`${block}.${n}`);
    if (!word) {
      throw new FormatError(`${DAMAGED} (words)`);
    }
    yield word;
  }
}

function typedWord(piece, runs) {
  const [name, ...rest] = piece.id.split(".");
  const known = runs.find((run) => run.name === name)?.words.get(rest.join("."));
  const text = piece.text ?? known?.text;
  if (text === undefined) {
    throw new FormatError(`${DAMAGED} (text)`);
  }
  const start = piece.start ?? known?.start;
  const length = piece.length ?? (known && known.end - known.start);
  return { id: piece.id, text, start, end: start === undefined ? undefined : start + length };
}

function runsOf(body, blobs) {
  return body.runs.map(({ run }) => {
    const { text, timing } = blobs.get(run);
    const times = timing ? timesOf(timing) : new Map();
    const words = new Map();
    for (const part of text.blocks) {
      part.words.forEach((written, index) => {
        const key = `${part.block}.${part.n + index}`;
        words.set(key, { id: `${run}.${key}`, text: written, ...times.get(key) });
      });
    }
    return { name: run, words };
  });
}

function timesOf(timing) {
  const times = new Map();
  for (const part of timing.blocks) {
    let start = 0;
    part.starts.forEach((step, index) => {
      start += step;
      times.set(`${part.block}.${part.n + index}`, { start, end: start + part.lengths[index] });
    });
  }
  return times;
}
