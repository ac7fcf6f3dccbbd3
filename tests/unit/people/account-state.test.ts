import { expect, it } from "vitest";
import { accountState } from "#lib/people/account-state.ts";

const plain = { deactivated: false, locked: false, guest: false, appserviceId: null, suspended: false };

it.each([
  ["active", plain],
  ["suspended", { ...plain, suspended: true }],
  ["locked", { ...plain, locked: true, suspended: true }],
  ["deactivated", { ...plain, deactivated: true, locked: true, suspended: true }],
  ["guest", { ...plain, guest: true }],
  ["appservice", { ...plain, appserviceId: "irc", suspended: true }],
  ["unknown", null],
])("is %s for %o", (state, account) => {
  expect(accountState(account)).toBe(state);
});
