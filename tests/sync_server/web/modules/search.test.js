import { fold, placesOf } from "../../../../sync_server/web/static/modules/folding.js";
import { MAX_PLACES, Search } from "../../../../sync_server/web/static/modules/search.js";

const found = (text, query) =>
  placesOf(fold(text), fold(query).folded).map(([from, to]) => text.slice(from, to));

test.each([
  ["The Motława froze", "motlawa", ["Motława"]],
  ["MOTŁAWA, motława", "Motława", ["MOTŁAWA", "motława"]],
  ["Große Straße", "strasse", ["Straße"]],
  ["Straße", "as", ["aß"]],
  ["Strasse", "straße", ["Strasse"]],
  ["café cafe\u0301", "CAFE", ["café", "cafe\u0301"]],
  ["ﬁnd 𝒳 fox", "find", ["ﬁnd"]],
  ["aaaa", "aa", ["aa", "aa"]],
  ["日本語", "本", ["本"]],
  ["nothing", "xyz", []],
  ["nothing", "", []],
])("in %s the query %s finds %j", (text, query, expected) => {
  expect(found(text, query)).toEqual(expected);
});

const page = (...texts) => {
  document.body.replaceChildren(
    ...texts.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
  );
  return [...document.body.children];
};

test("places are marked, and the text stays what it was", () => {
  const lines = page("One two one", "nothing", "One");
  const search = new Search(lines);
  expect(search.find(" ONE ")).toBe(3);
  expect([...document.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual([
    "One",
    "one",
    "One",
  ]);
  expect(lines[0].textContent).toBe("One two one");
  search.find("two");
  expect(document.querySelectorAll("mark")).toHaveLength(1);
  search.clear();
  expect(document.querySelectorAll("mark")).toHaveLength(0);
  expect(lines[0].childNodes).toHaveLength(1);
});

test("steps go around both ends", () => {
  const search = new Search(page("a b a b a"));
  search.find("a");
  const order = [1, 1, 1, 1].map((step) => search.marks.indexOf(search.go(step)));
  expect(order).toEqual([0, 1, 2, 0]);
  expect(search.marks.indexOf(search.go(-1))).toBe(2);
  expect(document.querySelectorAll(".is-current")).toHaveLength(1);
  search.find("a");
  expect(search.marks.indexOf(search.go(-1))).toBe(2);
  search.find("x");
  expect(search.go(1)).toBeUndefined();
});

test("text that looks like HTML stays text", () => {
  const search = new Search(page("<img src=x> & more"));
  search.find("img");
  expect(document.querySelector("img")).toBeNull();
  expect(document.body.textContent).toBe("<img src=x> & more");
});

test("too many places are cut, and said so", () => {
  const search = new Search(page("a".repeat(MAX_PLACES), "a", "a"));
  expect(search.find("a")).toBe(MAX_PLACES);
  expect(search.isCut).toBe(true);
});
