/**
 * How fast we may act: twice as slow as soon as the homeserver answers much slower than it can, a little faster after
 * each good answer (AIMD). Milliseconds.
 */
export class Pace {
  private best = Infinity;
  delay = 0;

  /** @param took how long the call lasted; @param failed it was refused for now */
  heard(took: number, failed = false): void {
    this.best = Math.min(this.best, Math.max(took, 1));
    const slow = failed || (took > 250 && took > 4 * this.best);
    this.delay = slow ? Math.min(most, Math.max(50, this.delay * 2)) : Math.max(0, this.delay - 10);
  }
}

const most = 2_000;
