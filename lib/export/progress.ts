import type { KindId } from "#lib/kinds/kind.ts";
import type { Observer } from "./order.ts";

/** Every record counts once although it is written twice, as a line and as a row of a table. */
export class Progress {
  private halves = 0;
  private files = 0;
  private readonly observer: Observer;
  total: number;

  constructor(observer: Observer, total: number) {
    this.observer = observer;
    this.total = total;
  }

  records(kind: KindId, count: number): void {
    this.halves += count;
    this.tell(kind);
  }

  file(kind: KindId): void {
    this.files += 1;
    this.tell(kind);
  }

  private tell(kind: KindId): void {
    this.observer.progress(kind, Math.floor(this.halves / 2) + this.files, this.total);
  }
}
