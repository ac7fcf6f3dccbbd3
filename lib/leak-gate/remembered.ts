import { hash } from "node:crypto";

/** Whoever has more of them than this is not helped any more. */
const most = 50_000;

/**
 * Strings met where they may stand: a token in a message of the person's own, the inviter in a membership. Kept by hash
 * while the records are read, so that copies of them (tables, viewer) are known again and nothing else is.
 */
export class Remembered {
  private readonly known = new Set<string>();

  add(value: string): void {
    if (this.known.size < most) this.known.add(digest(value));
  }

  has(value: string): boolean {
    return this.known.has(digest(value));
  }
}

function digest(value: string): string {
  return hash("sha256", value, "base64url").slice(0, 16);
}
