import "@testing-library/jest-dom/jest-globals";

import { jest } from "@jest/globals";
import { fireEvent, screen, waitFor, within } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";

import { open } from "../../../../sync_server/web/static/modules/reading_page.js";
import { example, exampleAnswers, readingPage, server } from "./samples.js";

const user = userEvent.setup();

async function read(changes, others = {}) {
  readingPage(document);
  await open(document, server({ ...exampleAnswers(changes), ...others }));
}

const paragraphs = () => screen.getAllByRole("group");

test("title, speakers, times and text are shown", async () => {
  await read({ tags: ["shipyard", "winter"], notes: "Second part missing." });
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Interview Kowalski");
  expect(document.title).toBe("Interview Kowalski · Whisper Transcriber");
  expect(screen.getByText("0:09 · English · shipyard, winter")).toBeVisible();
  const speakers = within(screen.getByRole("list", { name: "Speakers" }));
  expect(speakers.getAllByRole("listitem").map((row) => row.textContent)).toEqual([
    "1Anna",
    "2Speaker 2",
  ]);
  expect(paragraphs().map((row) => row.getAttribute("aria-label"))).toEqual([
    "Anna, 0:01",
    "Speaker 2, 0:05",
  ]);
  expect(screen.getByText("Only the old Motława then.")).toHaveAttribute("dir", "auto");
  expect(screen.getByText("Second part missing.")).toBeVisible();
  expect(document.querySelector("[data-text]")).toHaveAttribute("lang", "en");
});

test("a transcript with nothing in it says so", async () => {
  await read({ title: "", words: [], marks: [], speakers: [], info: {}, runs: [] });
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Untitled");
  expect(screen.getByText("There is no text.")).toBeVisible();
  expect(screen.queryByRole("list", { name: "Speakers" })).toBeNull();
});

test("a name that is HTML stays text", async () => {
  await read({
    title: "<b>Bold</b>",
    speakers: [{ id: "s1", name: "<img src=x onerror=alert(1)>" }],
  });
  expect(document.querySelector("[data-text] img, h1 b")).toBeNull();
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("<b>Bold</b>");
});

test("an unknown speaker has a chip without number and a name to hear", async () => {
  const marks = [{ id: "k3f9a2wq.0.0" }];
  await read({ marks });
  expect(paragraphs()[0]).toHaveAttribute("aria-label", "Speaker unknown, 0:01");
  expect(document.querySelector(".chip-0")).toHaveTextContent("");
});

test("the ninth speaker has the first colour and the number 9", async () => {
  const speakers = Array.from({ length: 9 }, (_, at) => ({ id: `s${at}` }));
  await read({ speakers });
  expect(document.querySelectorAll(".speakers .chip")[8]).toHaveClass("chip-1");
  expect(document.querySelectorAll(".speakers .chip")[8]).toHaveTextContent("9");
});

test("a paused transcript says that it is not finished", async () => {
  await read({ status: "paused" });
  expect(screen.getByText("0:09 · English · not finished")).toBeVisible();
});

test("without times the text is there, with a sentence", async () => {
  const [{ timing }] = example("transcript").runs;
  await read({}, { [`/blobs/${timing}`]: 404 });
  expect(screen.getByText("What did you see?")).toBeVisible();
  expect(document.getElementById("reader-state")).toHaveTextContent("could not be loaded");
  expect(document.querySelector(".at")).toBeNull();
});

test.each([
  [404, "no longer here"],
  [401, "login has ended"],
  [429, "Wait a minute"],
  [500, "could not send"],
  [new TypeError("network"), "can’t be reached"],
  [new Uint8Array([1, 2]), "damaged"],
])("when the server answers %s the page says why", async (answer, sentence) => {
  await read({}, { "/item/body": answer });
  expect(document.getElementById("reader-state")).toHaveTextContent(sentence);
  expect(document.getElementById("reader")).not.toBeVisible();
});

test("what nobody foresaw is a sentence as well", async () => {
  readingPage(document);
  document.querySelector("[data-title]").remove();
  await open(document, server(exampleAnswers()));
  expect(document.getElementById("reader-state")).toHaveTextContent("made a mistake");
});

test("the address leads to its paragraph", async () => {
  readingPage(document);
  window.location.hash = "#w-k3f9a2wq.0.4";
  const scrolled = [];
  document.addEventListener("test:scrolled", (event) => scrolled.push(event.target.id));
  await open(document, server(exampleAnswers()));
  window.location.hash = "";
  expect(scrolled).toEqual(["w-k3f9a2wq.0.4"]);
});

test("the button prints", async () => {
  window.print = jest.fn();
  await read();
  await user.click(screen.getByRole("button", { name: "Print" }));
  expect(window.print).toHaveBeenCalledTimes(1);
});

test("paragraphs are one stop of the Tab key, with arrows inside", async () => {
  await read();
  const rows = paragraphs();
  expect(rows.map((row) => row.tabIndex)).toEqual([0, -1]);
  rows[0].focus();
  await user.keyboard("{ArrowDown}");
  expect(rows[1]).toHaveFocus();
  expect(rows.map((row) => row.tabIndex)).toEqual([-1, 0]);
  await user.keyboard("{ArrowDown}");
  expect(rows[1]).toHaveFocus();
  await user.keyboard("{Home}");
  expect(rows[0]).toHaveFocus();
  await user.keyboard("{End}{ArrowUp}");
  expect(rows[0]).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(window.location.hash).toBe("#w-k3f9a2wq.0.0");
  window.location.hash = "";
});

const field = () => screen.getByRole("searchbox", { name: "Search in this transcript" });
const count = () => document.querySelector("[data-count]");

test("typing finds, Enter and the buttons step, Escape leaves", async () => {
  await read();
  await user.type(field(), "o");
  await waitFor(() => expect(count()).toHaveTextContent("1 of 4"));
  await user.keyboard("{Enter}");
  expect(count()).toHaveTextContent("2 of 4");
  await user.keyboard("{Shift>}{Enter}{/Shift}");
  expect(count()).toHaveTextContent("1 of 4");
  await user.click(screen.getByRole("button", { name: "Previous place" }));
  expect(count()).toHaveTextContent("4 of 4");
  await user.click(screen.getByRole("button", { name: "Next place" }));
  expect(count()).toHaveTextContent("1 of 4");
  await user.click(field());
  await user.keyboard("{Escape}");
  expect(field()).toHaveValue("");
  expect(count()).toHaveTextContent("");
  expect(document.querySelector("mark")).toBeNull();
});

test("a query that is nowhere is said so, an empty one is not", async () => {
  await read();
  await user.type(field(), "Gdynia{Enter}");
  expect(count()).toHaveTextContent("No place has “Gdynia”.");
  await user.clear(field());
  await user.keyboard("{Enter}");
  expect(count()).toHaveTextContent("");
});

test("Enter right after typing searches for what stands there now", async () => {
  await read();
  await user.type(field(), "motlawa{Enter}");
  expect(count()).toHaveTextContent("1 of 1");
  expect(document.querySelector("mark.is-current")).toHaveTextContent("Motława");
});

test("Ctrl K goes to the field, F3 and Shift F3 step from anywhere", async () => {
  await read();
  fireEvent.keyDown(document.body, { key: "F3" });
  expect(count()).toHaveTextContent("");
  await user.keyboard("{Control>}k{/Control}");
  expect(field()).toHaveFocus();
  await user.keyboard("o{F3}");
  expect(count()).toHaveTextContent("1 of 4");
  paragraphs()[0].focus();
  await user.keyboard("{Shift>}{F3}{/Shift}");
  expect(count()).toHaveTextContent("4 of 4");
});
