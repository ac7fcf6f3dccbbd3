/**
 * One segment of a path. Ids come from other servers and may hold anything: slashes, percent signs, emoji. A dot or two
 * would mean "here" or "up", percent-encoded too, and reach another endpoint.
 * @throws TypeError for what cannot be a segment; never with the id in its words
 */
export function segment(id: string): string {
  if (id === "" || id === "." || id === ".." || !id.isWellFormed()) throw new TypeError("an id that no path can hold");
  return encodeURIComponent(id);
}
