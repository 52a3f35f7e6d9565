// Group segments into paragraphs and show one as a line: the rules of engine/transcript/paragraphs.py
// and text_shape.py, so that a transcript looks alike in the program and in the browser.

const PAUSE = 2000;
const LONG_TIME = 60_000;
const LONG_TEXT = 600;

const ABBREVIATIONS = new Set("mr. mrs. ms. dr. st. prof. sr. sra. vs.".split(" "));
const CLOSERS = /["'”’»)\]}」』）】]+$/u;
const SENTENCE_END = /[.?!…。？！؟।۔]$/u;
// Scripts written without spaces.
const UNSPACED =
  /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3001-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff9f\u{20000}-\u{3fffd}]/u;
// eslint-disable-next-line no-control-regex -- these are what must not stand in a line
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/gu;

/** Return the paragraphs: `{id, speaker, start, text}`, in the order of the segments. */
export function paragraphsOf(segments) {
  const groups = [];
  for (const segment of segments) {
    const group = groups.at(-1);
    if (group && !startsParagraph(group, segment)) {
      group.segments.push(segment);
      group.length += segment.text.length;
    } else {
      groups.push({ segments: [segment], length: segment.text.length });
    }
  }
  return groups.map(({ segments: own }) => ({
    id: own[0].id,
    speaker: own[0].speaker,
    start: own[0].start,
    text: lineOf(own),
  }));
}

function startsParagraph({ segments, length }, segment) {
  const [first, last] = [segments[0], segments.at(-1)];
  if (segment.speaker !== last.speaker) {
    return true;
  }
  if (segment.paragraph !== undefined) {
    return segment.paragraph;
  }
  // Without times these comparisons are false: only the text decides.
  const isLong = length >= LONG_TEXT || last.end - first.start >= LONG_TIME;
  return (
    segment.start - last.end >= PAUSE ||
    (isLong && endsSentence(last.text)) ||
    length >= 2 * LONG_TEXT
  );
}

function lineOf(segments) {
  let line = "";
  for (const { text } of segments) {
    const part = text.replace(UNPRINTABLE, " ");
    line = line === "" ? part.trimStart() : line + spaceBetween(line, part) + part;
  }
  return line;
}

function spaceBetween(before, after) {
  if (after === "" || /\s$/u.test(before) || /^\s/u.test(after)) {
    return "";
  }
  const isUnspaced = UNSPACED.test([...before.slice(-2)].at(-1)) && UNSPACED.test(after);
  return isUnspaced ? "" : " ";
}

function endsSentence(text) {
  const bare = text.trim().replace(CLOSERS, "");
  return SENTENCE_END.test(bare) && !ABBREVIATIONS.has(bare.toLowerCase());
}
