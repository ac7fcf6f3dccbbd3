import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where the measured gate of a process leaves its figures: it has no environment and no arguments to be told by. */
export function measuredFile(parent: number): string {
  return join(tmpdir(), `gate-measured-${parent}.json`);
}
