import "server-only";
import { countAttempts } from "#lib/auth/attempts.ts";
import { openSession } from "#lib/auth/open-session.ts";
import { sessionId } from "#lib/auth/session.ts";
import { DomainError } from "#lib/errors.ts";
import { signInContext } from "#lib/runtime/web.ts";
import { readLanguage } from "./read-language.ts";
import { report } from "./report.ts";
import { sender } from "./sender.ts";

/** From one address: enough for a household or an office, too few to make the homeserver work. */
const attempts = countAttempts(30, 60_000);

/** A proof at the door. Refusals leave as an Error whose message is a key under `errors`: next-auth hands it to the browser. */
export async function admit(proof: unknown): Promise<{ sessionId: string }> {
  const ctx = await signInContext();
  try {
    if (!attempts.allow(await sender(), ctx.now())) throw new DomainError("too_many", "too_many_sign_ins");
    return await openSession(ctx, proof, { replaces: await sessionId(ctx), language: await readLanguage(ctx.policy) });
  } catch (error) {
    if (error instanceof DomainError) {
      ctx.log.info("sign_in.refused", { reason: error.reason });
      throw new Error(error.reason, { cause: error });
    }
    throw new Error(`bug:${report(ctx.log, "sign-in", error)}`, { cause: error });
  }
}
