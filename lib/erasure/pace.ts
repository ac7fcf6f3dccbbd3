/**
 * How fast we may act on a homeserver that others use too (AIMD): one call more at a time after each round of good answers,
 * half as many after a slow one, and then a rest as long as the slow call took. Milliseconds.
 */
export class Pace {
  private best = Infinity;
  /** Calls at the same time. */
  width = 1;
  /** Rest before the next. */
  delay = 0;

  /** @param took the longest call of a round; @param failed one was refused for now */
  heard(took: number, failed = false): void {
    if (!failed) this.best = Math.min(this.best, Math.max(took, 1));
    const slow = took > slowFrom && took > 4 * this.best;
    if (failed || slow) {
      this.width = Math.max(1, Math.floor(this.width / 2));
      this.delay = Math.min(most, Math.max(100, failed ? this.delay * 2 : took));
      return;
    }
    this.width = Math.min(widest, this.width + 1);
    this.delay = this.delay < 10 ? 0 : this.delay / 2;
  }
}

const widest = 4;
const slowFrom = 250;
const most = 2_000;
