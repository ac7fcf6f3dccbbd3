import path from "node:path";
import { describe, expect, it } from "vitest";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { translator } from "#lib/messages/messages.ts";
import { UsageError } from "#lib/worker/commands/exit-codes.ts";
import { readExportOptions } from "#lib/worker/commands/export-options.ts";

const t = translator("en", "package");
const read = (...args: string[]) => readExportOptions(args, "example.org", t);

describe("options of portal export", () => {
  it("ask for everything unless told otherwise", () => {
    expect(read("@anna:example.org", "--out", "x.zip")).toEqual({
      subject: "@anna:example.org", file: path.resolve("x.zip"), reference: null, scope: { kinds: kindsByDefault, from: null, to: null, mediaFiles: true },
      approvalReason: null,
    });
  });

  it("narrow, in any order", () => {
    expect(read("--no-media", "--kinds", "messages, account", "--from=2024-02-29", "--to", "2024-02-29", "--reference", "letter 12", "--out", "/tmp/x.zip", "@Ä b:example.org")).toEqual({
      subject: "@Ä b:example.org", file: "/tmp/x.zip", reference: "letter 12",
      scope: { kinds: ["account", "messages"], from: "2024-02-29", to: "2024-02-29", mediaFiles: false },
      approvalReason: null,
    });
  });

  it("include a kind on approval by name and with a reason only", () => {
    expect(kindsByDefault).not.toContain("backfilled_own");
    expect(read("@anna:example.org", "--out", "x", "--kinds", "messages", "--include", "backfilled_own", "--reason", " asked by letter ")).toMatchObject({
      scope: { kinds: ["messages", "backfilled_own"] }, approvalReason: "asked by letter",
    });
  });

  it.each([
    [[], "Usage"],
    [["anna", "--out", "x"], "Usage"],
    [["@anna:example.org", "@ben:example.org", "--out", "x"], "Usage"],
    [["@anna:example.org:8448", "--out", "x"], "not a user of example.org"],
    [["@anna:EXAMPLE.org", "--out", "x"], "not a user of example.org"],
    [["@anna:example.org"], "--out FILE.zip"],
    [["@anna:example.org", "--out", "x", "--from", "2026-02-30"], "--from must be a day"],
    [["@anna:example.org", "--out", "x", "--to", "20260101"], "--to must be a day"],
    [["@anna:example.org", "--out", "x", "--from", "2026-02-02", "--to", "2026-02-01"], "must not lie after"],
    [["@anna:example.org", "--out", "x", "--kinds", "messages,secrets"], "Unknown kind secrets"],
    [["@anna:example.org", "--out", "x", "--kinds", ""], "Unknown kind"],
    [["@anna:example.org", "--out", "x", "--kinds", "messages,backfilled_own"], "Unknown kind backfilled_own"],
    [["@anna:example.org", "--out", "x", "--include", "messages", "--reason", "because"], "Unknown kind messages"],
    [["@anna:example.org", "--out", "x", "--include", "backfilled_own"], "go together"],
    [["@anna:example.org", "--out", "x", "--include", "backfilled_own", "--reason", "  "], "go together"],
    [["@anna:example.org", "--out", "x", "--reason", "because"], "go together"],
    [["@anna:example.org", "--out", "x", "--everything"], "--everything is not understood"],
    [["@anna:example.org", "--out"], "--out"],
  ])("%j are refused in words", (args, words) => {
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(words);
  });
});
