import { paragraphsOf } from "../../../../sync_server/web/static/modules/paragraphs.js";
import { segmentsOf } from "../../../../sync_server/web/static/modules/transcript.js";
import { example } from "./samples.js";

const blobs = (timing = example("timing")) =>
  new Map([["k3f9a2wq", { text: example("text"), timing }]]);
const changed = (changes) => ({ ...example("transcript"), ...changes });
const texts = (segments) => segments.map((segment) => segment.text);

test("the document's example reads as the document says", () => {
  const segments = segmentsOf(example("transcript"), blobs());
  expect(texts(segments)).toEqual([" What did you see?", " Only the old Motława then."]);
  expect(segments.map(({ speaker, start, end }) => [speaker, start, end])).toEqual([
    ["s1", 1200, 2220],
    ["s2", 5500, 9400],
  ]);
});

test("a corrected word keeps its time and a typed one has its own", () => {
  const [, answer] = segmentsOf(example("transcript"), blobs());
  expect(answer.words.slice(-2)).toEqual([
    { id: "k3f9a2wq.0.7", text: " Motława", start: 6280, end: 6980 },
    { id: "p7xw20.1", text: " then.", start: 9100, end: 9400 },
  ]);
});

test("times that a person set count before those of the words", () => {
  const [mark, ...rest] = example("transcript").marks;
  const body = changed({ marks: [{ ...mark, start: 900, end: 2500 }, ...rest] });
  expect(segmentsOf(body, blobs())[0]).toMatchObject({ start: 900, end: 2500 });
});

test("a word that was moved has its new time and its old text", () => {
  const moved = { id: "k3f9a2wq.0.1", start: 1500, length: 100 };
  const body = changed({ words: [[0, 0, 0, 1], moved, [0, 0, 2, 2]] });
  expect(segmentsOf(body, blobs())[0].words[1]).toEqual({
    id: "k3f9a2wq.0.1",
    text: " did",
    start: 1500,
    end: 1600,
  });
});

test("a mark stands before another word once its own is deleted", () => {
  const [first, second] = example("transcript").marks;
  const body = changed({
    words: [
      [0, 0, 0, 4],
      [0, 0, 5, 2],
    ],
    marks: [first, { ...second, before: "k3f9a2wq.0.5" }],
  });
  const segments = segmentsOf(body, blobs());
  expect(texts(segments)).toEqual([" What did you see?", " the old"]);
  expect(segments[1].id).toBe("k3f9a2wq.0.4");
});

test("removed text is no part of the text", () => {
  const [first, second] = example("transcript").marks;
  const body = changed({ marks: [first, { ...second, removed: "repetition" }] });
  expect(texts(segmentsOf(body, blobs()))).toEqual([" What did you see?"]);
});

test("words before the first mark are a segment, not lost", () => {
  const body = changed({ marks: example("transcript").marks.slice(1) });
  expect(segmentsOf(body, blobs())[0]).toMatchObject({ id: "k3f9a2wq.0.0", speaker: undefined });
});

test("without timing there is the text without times", () => {
  const [question] = segmentsOf(example("transcript"), blobs(null));
  expect(question).toMatchObject({ text: " What did you see?", start: undefined, end: undefined });
});

test.each([
  ["a range beyond the block", [[0, 0, 0, 9]]],
  ["a block that is not there", [[0, 3, 0, 1]]],
  ["a run that is not there", [[1, 0, 0, 1]]],
  ["a typed word without text", [{ id: "p7xw20.1" }]],
])("%s is damaged", (_name, words) => {
  expect(() => segmentsOf(changed({ words }), blobs())).toThrow("damaged");
});

const segment = (text, start = 0, more = {}) => ({
  id: `a.0.${start}`,
  text,
  start,
  end: start + 1000,
  words: [],
  ...more,
});
const lines = (segments) => paragraphsOf(segments).map((paragraph) => paragraph.text);

test("another speaker and a pause of two seconds start a paragraph", () => {
  expect(lines([segment("One", 0), segment("two", 2999), segment("three", 5999)])).toEqual([
    "One two",
    "three",
  ]);
  expect(lines([segment("One", 0, { speaker: "a" }), segment("two", 900)])).toEqual(["One", "two"]);
});

test("a person's wish counts before the rule", () => {
  const joined = [segment("One", 0), segment(" two", 90_000, { paragraph: false })];
  expect(lines(joined)).toEqual(["One two"]);
  expect(lines([segment("One", 0), segment(" two", 1000, { paragraph: true })])).toHaveLength(2);
});

test("a long paragraph ends with a sentence, and after twice the length anyway", () => {
  const long = "word ".repeat(130).trim();
  expect(lines([segment(`${long}.`), segment(" Next", 1000)])).toHaveLength(2);
  expect(lines([segment(long), segment(" Dr.", 1000), segment(" Next", 2000)])).toHaveLength(1);
  expect(lines([segment(`${long} yes.”`), segment(" Next", 1000)])).toHaveLength(2);
  expect(lines([segment(long), segment(` ${long}`, 1000), segment(" x", 2000)])).toHaveLength(2);
});

test("a space parts segments only where their script wants one", () => {
  expect(lines([segment("你好"), segment("世界", 1000)])).toEqual(["你好世界"]);
  expect(lines([segment("𠀀"), segment("𠀁", 1000)])).toEqual(["𠀀𠀁"]);
  expect(lines([segment("你好"), segment("world", 1000)])).toEqual(["你好 world"]);
  expect(lines([segment("Hello "), segment("world", 1000)])).toEqual(["Hello world"]);
  expect(lines([segment("Hello"), segment("", 1000)])).toEqual(["Hello"]);
});

test("characters that break lines are shown as spaces", () => {
  expect(lines([segment(" one\ntwo\u2028three")])).toEqual(["one two three"]);
});
