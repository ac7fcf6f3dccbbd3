/** How many more chunks may be sent; whoever has none waits until the other side asks, or the talk is over. */
export class Credit {
  private left: number;
  private over = false;
  private wake: (() => void) | null = null;

  constructor(left: number) {
    this.left = left;
  }

  add(): void {
    this.left += 1;
    this.wake?.();
  }

  close(): void {
    this.over = true;
    this.wake?.();
  }

  /** False when nobody listens any more. One waiter at a time. */
  async take(): Promise<boolean> {
    while (this.left === 0 && !this.over) await new Promise<void>((resolve) => (this.wake = resolve));
    this.left -= 1;
    return !this.over;
  }
}
