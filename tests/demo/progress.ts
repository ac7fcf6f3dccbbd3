export type Say = (line: string) => void;

/** Lines with the seconds since the start, so that waiting has a measure. */
export function progress(): { say: Say; seconds(): number } {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  return { seconds, say: (line) => process.stdout.write(`${seconds().toFixed(1).padStart(6)} s  ${line}\n`) };
}
