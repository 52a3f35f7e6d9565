// What can go wrong while a transcript is fetched and read; each has a sentence for the reader.

/** Base of everything that the pages tell the reader. */
export class ReadingError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The bytes are no transcript that this page can read. */
export class FormatError extends ReadingError {}

/** The server did not give the bytes. */
export class FetchError extends ReadingError {}

/** What a reader is told of bytes that make no sense; in brackets, where. */
export const DAMAGED = "This transcript is damaged on the server. Read it in the program.";
