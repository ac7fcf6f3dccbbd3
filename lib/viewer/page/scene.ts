import type { Copy, Ref } from "./copy.ts";
import type { Moments } from "./moments.ts";
import type { Found } from "./scan.ts";
import type { Translate } from "./words.ts";

/** What every view needs: the words, the dates, the copy, and the way to another place of the page. */
export interface Scene {
  readonly t: Translate;
  readonly moments: Moments;
  readonly copy: Copy;
  /** Opens the room of an event and shows it there. */
  goTo(ref: Ref): void;
  roomName(room: number): string;
}

/** A row in the making: where it stands and what is known around it. */
export interface RowContext {
  readonly scene: Scene;
  readonly found: Found;
  /** Folded words that were searched for. */
  readonly query: string;
  /** With the room's name, since rows of many rooms stand together. */
  readonly everywhere: boolean;
}
