import { expect, it } from "vitest";
import { messagesFor } from "#lib/messages/messages.ts";
import { compileWords } from "#lib/viewer/compile-words.ts";
import { manyLines, oneLine } from "#lib/viewer/page/plain.ts";
import { translator } from "#lib/viewer/page/words.ts";

const t = translator(compileWords({ viewer: messagesFor("en")["viewer"] ?? {} }), "viewer", "en");

it("says sentences with numbers and plurals, and values as text whatever they hold", () => {
  expect(t("rooms.count", { count: 1 })).toBe("1 room");
  expect(t("rooms.count", { count: 1234 })).toBe("1,234 rooms");
  expect(t("search.done", { found: 0, total: 1 })).toBe("Nothing found in 1 record");
  expect(t("show.reaction", { key: "{count, plural, other {x}}<b>'{" })).toBe("You reacted {count, plural, other {x}}<b>'{ to a message not in this copy");
});

it("shows what would hide or reverse a text, in a name on one line and in a message by pictures", () => {
  expect(oneLine("a\u202Eb\nc\u0000")).toBe("a□b□c□");
  expect(manyLines("a\r\nb\tc\u0000\u001b[2J \ud800")).toBe("a\nb\tc\u2400\u241b[2J \uFFFD");
});
