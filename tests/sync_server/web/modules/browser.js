// What browsers have and jsdom lacks.

import { DecompressionStream } from "node:stream/web";
import { TextDecoder, TextEncoder } from "node:util";

Object.assign(globalThis, { DecompressionStream, TextDecoder, TextEncoder, Uint8Array });
globalThis.HTMLElement.prototype.scrollIntoView = function scrollIntoView() {
  this.dispatchEvent(new globalThis.CustomEvent("test:scrolled", { bubbles: true }));
};
