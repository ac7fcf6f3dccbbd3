/** A page of ours to go to after sign-in, or "/": never another origin, never an endpoint, never the door itself. */
export function nextPath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted)) return "/";
  // The parser decides, not a pattern: what it reads as another origin is one.
  const url = new URL(wanted, "https://here.invalid");
  if (url.origin !== "https://here.invalid" || /^\/(api|_next|sign-in|checking|not-for-you)(\/|$)/.test(url.pathname)) return "/";
  return url.pathname + url.search;
}
