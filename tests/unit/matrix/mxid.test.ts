import { describe, expect, it } from "vitest";
import { localpartOf, parseMxid, serverOf } from "#lib/matrix/mxid.ts";

const long = (bytes: number) => `@${"a".repeat(bytes - "@:hs.org".length)}:hs.org`;

describe("parseMxid", () => {
  it.each([
    ["@alice:hs.org", "alice", "hs.org"],
    ["@alice:localhost:8448", "alice", "localhost:8448"],
    ["@alice:[::1]:8448", "alice", "[::1]:8448"],
    ["@:hs.org", "", "hs.org"],
    ["@Alice:hs.org", "Alice", "hs.org"],
    ["@a b/%2f:hs.org", "a b/%2f", "hs.org"],
    ["@🐈:hs.org", "🐈", "hs.org"],
    ["@café:hs.org", "café", "hs.org"],
    [long(255), long(255).slice(1, -7), "hs.org"],
  ])("takes %j as it stands", (text, localpart, server) => {
    const mxid = parseMxid(text);
    expect(mxid).toBe(text);
    expect(mxid && [localpartOf(mxid), serverOf(mxid)]).toEqual([localpart, server]);
  });

  it.each(["alice:hs.org", "@alice", "@alice:", " @alice:hs.org", "@alice:hs.org ", "@alice:hs.org/x", "@alice:hs.org:8448:1", "@alice:hs.org:", "＠alice:hs.org", "@alice：hs.org", "@a\0b:hs.org", "@\ud800:hs.org", "@alice:hs.оrg", long(256), "", null, 7, ["@alice:hs.org"]])(
    "refuses %j",
    (value) => {
      expect(parseMxid(value)).toBeNull();
    },
  );

  it("never makes two people one (case, look-alikes, composed and decomposed)", () => {
    const twins = ["@alice:hs.org", "@Alice:hs.org", "@ALICE:hs.org", "@аlice:hs.org", "@alice\u200d:hs.org", "@\u202ealice:hs.org", "@é:hs.org", "@e\u0301:hs.org"];
    expect(new Set(twins.map(parseMxid)).size).toBe(twins.length);
  });
});
