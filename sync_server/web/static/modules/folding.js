// Compare text as people search it: without regard to case, accents and ligatures.

const SPECIAL = new Map([
  ["ł", "l"],
  ["ß", "ss"],
  ["ø", "o"],
  ["đ", "d"],
]);

/** Fold a text; `places[i]` is where in the text the folded character `i` came from. */
export function fold(text) {
  const places = [];
  let folded = "";
  let at = 0;
  for (const letter of text) {
    const lower = letter.toLowerCase();
    const plain = SPECIAL.get(lower) ?? lower.normalize("NFKD").replace(/\p{M}/gu, "");
    for (let index = 0; index < plain.length; index += 1) {
      places.push(at);
    }
    folded += plain;
    at += letter.length;
  }
  places.push(at);
  return { folded, places };
}

/** Return where a folded query stands in a folded text: `[start, stop]` in the text as written. */
export function placesOf({ folded, places }, query) {
  const found = [];
  if (query === "") {
    return found;
  }
  for (let at = folded.indexOf(query); at >= 0; at = folded.indexOf(query, at + query.length)) {
    const stop = at + query.length;
    // A letter that became two, or a part of one, is marked whole.
    let end = places[stop];
    for (let next = stop; end === places[stop - 1] && next < places.length; next += 1) {
      end = places[next];
    }
    found.push([places[at], end]);
  }
  return found;
}
