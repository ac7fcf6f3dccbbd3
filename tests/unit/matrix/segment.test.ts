import { expect, it } from "vitest";
import { segment } from "#lib/matrix/segment.ts";

it("keeps every id in one segment of a path", () => {
  for (const id of ["@a/b%2f?#:x", "!room:x", "@ü🦊 c:x", "...", "$e/../f"]) {
    const url = new URL(`http://x/a/${segment(id)}/z`);
    expect(url.pathname.split("/")).toHaveLength(4);
    expect(decodeURIComponent(url.pathname.split("/")[2] ?? "")).toBe(id);
  }
});

it("takes nothing that would mean another path, and says nothing of it", () => {
  for (const id of ["", ".", "..", "\ud800"]) expect(() => segment(id)).toThrow(new TypeError("an id that no path can hold"));
});
