import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kindsOnApproval } from "#lib/kinds/kind.ts";
import { locales, messagesFor, type Messages } from "#lib/messages/messages.ts";
import { buildFailures } from "#lib/export/failures.ts";
import { denialReasons } from "#lib/requests/denial-reasons.ts";
import { requestErrors } from "#lib/requests/errors.ts";
import { releaseReasons } from "#lib/requests/release-reasons.ts";

const namespace = (name: string) => messagesFor("en")[name] as Messages;

describe("every word this room can say is in the catalogue", () => {
  test.each(requestErrors)("errors.%s", (key) => expect(namespace("errors")[key]).toEqual(expect.any(String)));
  test.each(buildFailures)("failures.%s", (key) => expect(namespace("failures")[key]).toEqual(expect.any(String)));
  test.each(releaseReasons)("reasons.released.%s", (key) => expect((namespace("reasons")["released"] as Messages)[key]).toEqual(expect.any(String)));

  test.each(denialReasons)("reasons.$code, with its article", ({ code, law }) => {
    expect(namespace("reasons")[code]).toContain(`(${law})`);
  });

  // Each language cites the law in its own way; which article, paragraph and letter it is stays the same, in this order.
  test.each(locales().flatMap((locale) => denialReasons.map(({ code, law }) => ({ locale, code, law }))))("reasons.$code in $locale, with the same article", ({ locale, code, law }) => {
    const cited = (text: string) => text.match(/\d+|(?<!\p{L})[a-f](?!\p{L})/gu);
    const sentence = String((messagesFor(locale)["reasons"] as Messages)[code]);
    expect(cited(sentence.slice(sentence.search(/\((?:art|ст)/iu)))).toEqual(cited(law));
  });

  test.each(kindsOnApproval)("requests.new.onApproval.%s: why one may ask for it", (kind) => {
    expect(((namespace("requests")["new"] as Messages)["onApproval"] as Messages)[kind]).toEqual(expect.any(String));
  });

  test.each(["plain", "clamped", "rolled", "clampedRolled"])("requests.deadline.%s", (key) => {
    expect((namespace("requests")["deadline"] as Messages)[key]).toEqual(expect.stringContaining("<due></due>"));
  });
});

test("every reason this room throws is on its list", () => {
  const source = globSync("lib/requests/*.ts").map((file) => readFileSync(file, "utf8")).join("\n");
  const thrown = [...source.matchAll(/(?:DomainError\("\w+", |wrong\()"(\w+)"/g)].map(([, reason]) => reason);
  expect(thrown.length).toBeGreaterThan(15);
  expect(thrown.filter((reason) => !(requestErrors as readonly unknown[]).includes(reason))).toEqual([]);
});
