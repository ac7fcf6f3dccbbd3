import { writeCrockford } from "./crockford.ts";
import { keyed, sameText } from "./keys.ts";

/** The code that goes to the address of an account nobody can sign in to: like code.ts, under keys of its own. */
export function deriveAskCode(secret: string, nonce: string): string {
  return writeCrockford(keyed(secret, "ask-code", nonce));
}

export function hashAskCode(secret: string, askId: string, code: string): string {
  return keyed(secret, "code-hash", `ask ${askId}:${code}`).toString("hex");
}

/** In constant time, also where there is nothing to compare with. */
export function isAskCode(secret: string, askId: string, code: string, hash: string | null): boolean {
  return sameText(hashAskCode(secret, askId, code), hash ?? "-".repeat(64)) && hash !== null;
}
