// Show a transcript: title, speakers, and its paragraphs with their times.

import { clock, aboutOf } from "./words.js";

const COLORS = 8;

/** Fill the reading view; return the elements that hold the paragraphs' words. */
export function showTranscript(root, body, paragraphs) {
  const speakers = speakersOf(body);
  root.querySelector("[data-title]").textContent = body.title || "Untitled";
  root.querySelector("[data-about]").textContent = [
    ...aboutOf(body),
    ...(body.tags.length > 0 ? [body.tags.join(", ")] : []),
  ].join(" · ");
  showSpeakers(root.querySelector("[data-speakers]"), speakers);
  showNotes(root, body.notes);
  const text = root.querySelector("[data-text]");
  const language = body.info.language;
  if (typeof language === "string" && /^[a-z]{2,3}$/.test(language)) {
    text.lang = language;
  }
  const rows = paragraphs.map((paragraph) => rowOf(text.ownerDocument, paragraph, speakers));
  if (rows.length === 0) {
    text.replaceChildren(element(text.ownerDocument, "p", "empty message", "There is no text."));
    return [];
  }
  text.replaceChildren(...rows);
  moveByArrows(text, rows);
  return rows.map((row) => row.querySelector(".words"));
}

/** Return the speakers by their ids, with the number that the reader sees. */
function speakersOf(body) {
  return new Map(
    body.speakers.map(({ id, name }, index) => [
      id,
      { number: index + 1, name: typeof name === "string" && name ? name : `Speaker ${index + 1}` },
    ]),
  );
}

function showSpeakers(list, speakers) {
  const document = list.ownerDocument;
  list.hidden = speakers.size === 0;
  list.replaceChildren(
    ...[...speakers.values()].map((speaker) => {
      const row = document.createElement("li");
      row.append(chipOf(document, speaker), speaker.name);
      return row;
    }),
  );
}

function showNotes(root, notes) {
  const section = root.querySelector("[data-notes]");
  section.hidden = typeof notes !== "string" || notes === "";
  root.querySelector("[data-notes-text]").textContent = section.hidden ? "" : notes;
}

function rowOf(document, paragraph, speakers) {
  const speaker = speakers.get(paragraph.speaker);
  const hasTime = Number.isFinite(paragraph.start);
  const row = element(document, "div", "paragraph");
  row.id = `w-${paragraph.id}`;
  row.tabIndex = -1;
  row.setAttribute("role", "group");
  const name = speaker?.name ?? (speakers.size > 0 ? "Speaker unknown" : "");
  const time = hasTime ? clock(paragraph.start) : "";
  row.setAttribute("aria-label", [name, time].filter(Boolean).join(", ") || "Paragraph");
  const gutter = element(document, "div", "gutter");
  if (speakers.size > 0) {
    gutter.append(chipOf(document, speaker));
    gutter.append(element(document, "span", "name", speaker?.name ?? ""));
    gutter.lastChild.title = name;
  }
  if (hasTime) {
    const link = element(document, "a", "at", time);
    link.href = `#${encodeURIComponent(row.id)}`;
    link.tabIndex = -1;
    gutter.append(link);
  }
  const words = element(document, "p", "words", paragraph.text);
  words.dir = "auto";
  row.append(gutter, words);
  return row;
}

function chipOf(document, speaker) {
  const color = speaker ? ((speaker.number - 1) % COLORS) + 1 : 0;
  const chip = element(document, "span", `chip chip-${color}`, speaker ? `${speaker.number}` : "");
  chip.setAttribute("aria-hidden", "true");
  return chip;
}

function element(document, name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Make all paragraphs one stop of the Tab key, with the arrow keys inside. */
function moveByArrows(text, rows) {
  let current = rows[0];
  current.tabIndex = 0;
  const choose = (row) => {
    current.tabIndex = -1;
    current = row;
    current.tabIndex = 0;
  };
  text.addEventListener("focusin", (event) => {
    const row = event.target.closest(".paragraph");
    if (row) {
      choose(row);
    }
  });
  text.addEventListener("keydown", (event) => {
    const at = rows.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (at >= 0 && event.key === "Enter") {
      event.target.querySelector(".at")?.click();
    } else if (at >= 0 && rows[to] && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      rows[to].focus();
      rows[to].scrollIntoView({ block: "nearest" });
    }
  });
}
