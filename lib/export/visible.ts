/** Control and direction characters can make a line read as another one: they are shown as a box. */
const deceptive = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2028\u2029\u2066-\u2069\uFEFF]/g;

/** Text of others as a document may show it: well-formed, on one line, reading as it is stored. */
export function visible(text: string): string {
  return text.toWellFormed().replace(deceptive, "\u25A1");
}
