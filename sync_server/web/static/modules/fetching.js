// Fetch bytes from our own server, and say in a sentence why there are none.

import { FetchError } from "./errors.js";

const SENTENCES = {
  401: "The login has ended. Load the page again to log in.",
  404: "This transcript is no longer here.",
  429: "Too many requests. Wait a minute, then load the page again.",
};

/** Return the bytes at an address; throws `FetchError`. */
export async function fetchBytes(address, ask = fetch) {
  let answer;
  try {
    answer = await ask(address, { credentials: "same-origin", redirect: "error" });
    if (answer.ok) {
      return new Uint8Array(await answer.arrayBuffer());
    }
  } catch (error) {
    throw new FetchError("The server can’t be reached. Try again.", { cause: error });
  }
  throw new FetchError(SENTENCES[answer.status] ?? "The server could not send the transcript.");
}
