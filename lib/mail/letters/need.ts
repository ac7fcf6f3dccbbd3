/** A fact the letter cannot be written without. */
export function need<T>(fact: T | undefined, name: string): T {
  if (fact === undefined) throw new Error(`the letter needs ${name}`);
  return fact;
}
