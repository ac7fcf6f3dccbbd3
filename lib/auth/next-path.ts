const here = "https://here.invalid";

/** A page of ours to go to after sign-in, or "/": never another origin, never an endpoint, never the door itself. */
export function nextPath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > 500 || !/^\/[\x21-\x7e]*$/.test(wanted) || !URL.canParse(wanted, here)) return "/";
  const { pathname, search } = new URL(wanted, here);
  // What is judged is what will be followed: "/x/..//host" only becomes "//host", another origin, once it was read.
  const path = pathname + search;
  if (!URL.canParse(path, here) || new URL(path, here).origin !== here || /^\/(api|_next|sign-in|checking|not-for-you)(\/|$)/.test(pathname)) return "/";
  return path;
}
