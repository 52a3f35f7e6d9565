import { waitFor } from "@testing-library/dom";

import { fillTitles, watch } from "../../../../sync_server/web/static/modules/library_page.js";
import { exampleAnswers, server } from "./samples.js";

const row = (address) => {
  const item = document.createElement("li");
  item.innerHTML = `<a data-body="${address}"><strong data-title>Transcript</strong>
    <span data-about></span><span data-length></span></a>`;
  return item;
};
const list = (...addresses) => {
  const made = document.createElement("ul");
  made.append(...addresses.map(row));
  return made;
};
const texts = (made, name) => [...made.querySelectorAll(`[${name}]`)].map((e) => e.textContent);
const body = (changes) => exampleAnswers(changes)["/item/body"];

test("titles, lengths and languages come from the transcripts", async () => {
  const made = list("/a", "/b", "/c");
  const info = { language: "xx-invalid-code-" };
  await fillTitles(
    made,
    server({ "/a": body(), "/b": body({ title: "", info }), "/c": body({ status: "paused" }) }),
  );
  expect(texts(made, "data-title")).toEqual([
    "Interview Kowalski",
    "Untitled",
    "Interview Kowalski",
  ]);
  expect(texts(made, "data-length")).toEqual(["0:09", "", "0:09"]);
  expect(texts(made, "data-about")).toEqual([
    "English · ",
    "xx-invalid-code- · ",
    "English · not finished · ",
  ]);
});

test("a transcript that can't be read keeps its row, and the others get their titles", async () => {
  const made = list("/a", "/b");
  await fillTitles(made, server({ "/a": 404, "/b": body() }));
  expect(texts(made, "data-title")).toEqual(["Transcript", "Interview Kowalski"]);
});

test("at most six are asked for at once, and each once", async () => {
  const addresses = Array.from({ length: 20 }, (_, at) => `/${at}`);
  let running = 0;
  let most = 0;
  const known = server(Object.fromEntries(addresses.map((address) => [address, body()])));
  const ask = async (address) => {
    running += 1;
    most = Math.max(most, running);
    const answer = await known(address);
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
    running -= 1;
    return answer;
  };
  const made = list(...addresses);
  await Promise.all([fillTitles(made, ask), fillTitles(made, ask)]);
  expect(most).toBe(6);
  expect(known.asked.sort()).toEqual(addresses.sort());
});

test("rows that are added later are filled too", async () => {
  const made = list("/a");
  document.body.replaceChildren(made);
  await watch(made, server({ "/a": body(), "/b": body({ title: "Older" }) }));
  made.append(row("/b"));
  await waitFor(() => expect(texts(made, "data-title")).toEqual(["Interview Kowalski", "Older"]));
});
