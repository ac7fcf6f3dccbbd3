import { expect, test } from "vitest";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { kindsGiven, rulingsOf, viewWishes, wishesIn } from "#lib/requests/wishes.ts";

const scope = { kinds: [...kindsByDefault, "backfilled_own"], from: null, to: null, mediaFiles: true } as const;
const ruling = { kind: "backfilled_own", reason: "Words for the person." };

test("everything asks for nothing that needs an approval", () => {
  expect(wishesIn({ kinds: kindsByDefault })).toEqual([]);
  expect(wishesIn({})).toEqual([]);
  expect(wishesIn(scope)).toEqual(["backfilled_own"]);
});

test.each([
  [{ granted: null, refused: null }, "asked", null],
  [{ granted: [ruling], refused: [] }, "granted", ruling.reason],
  [{ granted: [], refused: [ruling] }, "refused", ruling.reason],
  [{ granted: [{ ...ruling, kind: "account" }], refused: null }, "asked", null],
])("%j is %s", (row, state, reason) => {
  const wishes = viewWishes({ scope, ...row });
  expect(wishes).toEqual([{ kind: "backfilled_own", ruling: state, reason }]);
  expect(kindsGiven(scope.kinds, wishes)).toEqual(state === "granted" ? scope.kinds : kindsByDefault);
});

test("a ruling on what was never asked for gives nothing", () => {
  const plain = { ...scope, kinds: kindsByDefault };
  expect(viewWishes({ scope: plain, granted: [ruling], refused: null })).toEqual([]);
  expect(rulingsOf({ granted: null, refused: null })).toEqual({ granted: [], refused: [] });
});
