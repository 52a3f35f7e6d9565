import { deflateSync } from "node:zlib";

import {
  decodeText,
  decodeTiming,
  decodeTranscript,
} from "../../../../sync_server/web/static/modules/decoding.js";
import { FormatError } from "../../../../sync_server/web/static/modules/errors.js";
import { inflate } from "../../../../sync_server/web/static/modules/inflate.js";
import { example, packed } from "./samples.js";

test("what was packed comes out as it was", async () => {
  const plain = new TextEncoder().encode("Motława ".repeat(50_000));
  expect(await inflate(new Uint8Array(deflateSync(plain)))).toEqual(plain);
});

test.each([
  ["no zlib", new Uint8Array([1, 2, 3, 4])],
  ["nothing", new Uint8Array()],
  ["half of it", packed(example("transcript")).slice(0, 60)],
])("%s is damaged, not a page that hangs", async (_name, bytes) => {
  await expect(inflate(bytes)).rejects.toThrow(FormatError);
});

test("a bomb is refused at the limit", async () => {
  const bomb = new Uint8Array(deflateSync(Buffer.alloc(4_000_000)));
  await expect(inflate(bomb, 1_000_000)).rejects.toThrow("larger than this page");
});

test("the examples of the document are read", async () => {
  expect((await decodeTranscript(packed(example("transcript")))).title).toBe("Interview Kowalski");
  expect((await decodeText(packed(example("text")))).blocks).toHaveLength(1);
  expect((await decodeTiming(packed(example("timing")))).run).toBe("k3f9a2wq");
});

test("fields that are left out have their defaults", async () => {
  const body = await decodeTranscript(packed({ format: 1, title: "" }));
  expect(body).toMatchObject({ info: {}, marks: [], runs: [], speakers: [], tags: [], words: [] });
});

test("a higher format is refused with what to do", async () => {
  await expect(decodeTranscript(packed({ format: 2, title: "" }))).rejects.toThrow("newer version");
});

test.each([
  ["no JSON", new Uint8Array(deflateSync(Buffer.from("{")))],
  ["no UTF-8", new Uint8Array(deflateSync(Buffer.from([0x22, 0xff, 0x22])))],
  ["no object", packed([1])],
  ["no format", packed({ title: "" })],
  ["no title", packed({ format: 1, title: 5 })],
  ["a run without blobs", packed({ format: 1, title: "", runs: [{ run: "a" }] })],
  ["a path for a hash", packed({ format: 1, title: "", runs: [{ run: "a", text: "../x" }] })],
  ["a piece of three", packed({ format: 1, title: "", words: [[0, 0, 0]] })],
  ["a piece below zero", packed({ format: 1, title: "", words: [[0, 0, -1, 1]] })],
  ["a word without id", packed({ format: 1, title: "", words: [{ text: "a" }] })],
  ["a mark without id", packed({ format: 1, title: "", marks: [{}] })],
  ["a speaker without id", packed({ format: 1, title: "", speakers: [{ name: "Jan" }] })],
  ["an info that is none", packed({ format: 1, title: "", info: [] })],
  ["marks that are no list", packed({ format: 1, title: "", marks: {} })],
])("a transcript with %s is damaged", async (_name, bytes) => {
  await expect(decodeTranscript(bytes)).rejects.toThrow("damaged");
});

test.each([
  [decodeText, { format: 1 }],
  [decodeText, { format: 1, blocks: [{ block: 0, n: 0, words: [1] }] }],
  [decodeTiming, { format: 1, blocks: [{ block: 0, n: 0, starts: [0.5], lengths: [1] }] }],
  [decodeTiming, { format: 1, blocks: [null] }],
])("a blob of another shape is damaged", async (decode, value) => {
  await expect(decode(packed(value))).rejects.toThrow("damaged");
});
