import type { Findings } from "./findings.ts";
import { payloadManifestPath, tagManifestPath } from "./manifest.ts";

const line = /^([0-9a-f]{64}) [ *](.+)$/;

/** RFC 8493: the two lists name every file once, payload and the rest apart, with the hashes the files really have. */
export function judgeBag(lists: ReadonlyMap<string, string>, hashes: ReadonlyMap<string, string>, findings: Findings): void {
  const isPayload = (path: string) => path.startsWith("data/");
  const expected = new Map([
    [payloadManifestPath, [...hashes.keys()].filter(isPayload)],
    [tagManifestPath, [...hashes.keys()].filter((path) => !isPayload(path) && path !== tagManifestPath)],
  ]);
  for (const [list, paths] of expected) {
    const listed = new Map<string, string>();
    for (const [index, text] of (lists.get(list) ?? "").split("\n").entries()) {
      if (text === "") continue;
      const [, sha256 = "", path = ""] = line.exec(text) ?? [];
      if (listed.has(path) || hashes.get(path) !== sha256 || !paths.includes(path)) findings.add("bag_differs", list, index + 1);
      listed.set(path, sha256);
    }
    for (const path of paths) if (!listed.has(path)) findings.add("bag_differs", path);
  }
}
