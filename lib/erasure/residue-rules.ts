import { accountRules } from "./rules/account.ts";
import { roomRules } from "./rules/rooms.ts";
import type { Rule } from "./rules/rule.ts";

/** Every column of Synapse that can hold something of a person, and what is to be thought of it after an erasure. */
export const residueRules: readonly Rule[] = [...accountRules, ...roomRules];
