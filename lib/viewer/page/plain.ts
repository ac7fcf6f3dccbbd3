/** Characters that reverse or hide text around them; named as a box in names, where nobody needs them. */
const deceptive = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2028\u2029\u2066-\u2069\uFEFF]/g;
const controls = /[\u0000-\u0008\u000B-\u001F]/g;

/** A name on one line: of a room, a person, a file. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(deceptive, "\u25A1");
}

/** A message: line breaks stay, other control characters are shown by their pictures. Direction is kept inside its own element. */
export function manyLines(text: string): string {
  return text.toWellFormed().replaceAll("\r\n", "\n").replace(controls, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)));
}
