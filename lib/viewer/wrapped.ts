/** Name of the one function a part calls; the page defines it before it loads any. */
export const receiver = "matrixCopyPart";

/**
 * A page opened from a disk may load scripts from beside it and nothing else. So data comes as a script that does nothing
 * but call `receiver` with texts: JSON within a string literal, since as an object literal `__proto__` would mean more than data.
 */
export function wrapped(name: string, texts: readonly string[]): string {
  return `${receiver}(${literal(name)},[\n${texts.map(literal).join(",\n")}\n]);\n`;
}

/** Well-formed also for half a surrogate pair; `<` escaped, so that the text is harmless wherever somebody pastes it. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
