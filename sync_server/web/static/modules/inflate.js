// Unpack what devices send: zlib (RFC 1950), by what the browser brings.

import { DAMAGED, FormatError } from "./errors.js";

/** Bytes of JSON that a reader takes; docs/transcript-format.md, "Bytes". */
export const MAX_BYTES = 64 * 1024 * 1024;

/** Return the bytes unpacked; throws `FormatError` for what is no zlib or larger than `limit`. */
export async function inflate(packed, limit = MAX_BYTES) {
  const unpacker = new DecompressionStream("deflate");
  const writer = unpacker.writable.getWriter();
  // What goes wrong in writing comes out of the reading end as well.
  writer.write(packed).catch(() => {});
  writer.close().catch(() => {});
  const reader = unpacker.readable.getReader();
  const pieces = [];
  let size = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > limit) {
        throw new FormatError(
          "The transcript is larger than this page can show. Read it in the program.",
        );
      }
      pieces.push(part.value);
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    if (error instanceof FormatError) {
      throw error;
    }
    throw new FormatError(DAMAGED, { cause: error });
  }
  return joined(pieces, size);
}

function joined(pieces, size) {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
