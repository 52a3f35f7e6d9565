import { clock, languageName } from "../../../../sync_server/web/static/modules/words.js";

test.each([
  [0, "0:00"],
  [-5, "0:00"],
  [59_999, "0:59"],
  [60_000, "1:00"],
  [3_599_000, "59:59"],
  [3_734_000, "1:02:14"],
  [36_000_000, "10:00:00"],
])("%i ms are %s", (milliseconds, written) => {
  expect(clock(milliseconds)).toBe(written);
});

test("languages have names", () => {
  expect(languageName("de")).toBe("German");
  expect(languageName("not a code")).toBe("not a code");
});
