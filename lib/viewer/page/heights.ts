/** Rows a block; a block keeps the sum of its rows. */
const block = 512;

/** Heights of many rows, most of them guessed: where a row begins and which row is at a place, in a few hundred steps. */
export interface Heights {
  readonly count: number;
  readonly total: number;
  resize(count: number): void;
  set(at: number, height: number): void;
  offset(at: number): number;
  rowAt(y: number): number;
  forget(): void;
}

export function heights(guess: number): Heights {
  let rows = new Float32Array(block);
  let sums: number[] = [];
  let count = 0;
  const of = (at: number) => rows[at] || guess;
  const sum = (from: number, to: number) => {
    let all = 0;
    for (let at = from; at < to; at += 1) all += of(at);
    return all;
  };
  const resum = (from: number) => {
    sums = sums.slice(0, Math.floor(from / block));
    for (let at = sums.length * block; at < count; at += block) sums.push(sum(at, Math.min(count, at + block)));
  };
  return {
    get count() {
      return count;
    },
    get total() {
      return sums.reduce((all, each) => all + each, 0);
    },
    resize(next) {
      if (next > rows.length) {
        const larger = new Float32Array(2 ** Math.ceil(Math.log2(next)));
        larger.set(rows);
        rows = larger;
      }
      if (next < count) rows.fill(0, next, count);
      const from = Math.min(count, next);
      count = next;
      resum(from);
    },
    set(at, height) {
      sums[Math.floor(at / block)] = (sums[Math.floor(at / block)] ?? 0) + height - of(at);
      rows[at] = height;
    },
    offset(at) {
      const whole = Math.floor(at / block);
      let all = 0;
      for (let each = 0; each < whole; each += 1) all += sums[each] ?? 0;
      return all + sum(whole * block, at);
    },
    rowAt(y) {
      let [at, top] = [0, 0];
      for (const each of sums) {
        if (top + each > y) break;
        top += each;
        at += block;
      }
      for (; at < count - 1; at += 1) {
        top += of(at);
        if (top > y) break;
      }
      return Math.min(at, Math.max(0, count - 1));
    },
    forget() {
      rows.fill(0);
      resum(0);
    },
  };
}
