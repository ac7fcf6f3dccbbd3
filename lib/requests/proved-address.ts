import type { WorkerContext } from "#lib/context.ts";
import { unseal } from "./seal.ts";

/** The address the homeserver knew when the code of the public form went there; none once the person is forgotten. */
export async function provedAddress({ db, secret }: Pick<WorkerContext, "db" | "secret">, requestId: string): Promise<readonly string[]> {
  const ask = await db.publicAsk.findUnique({ where: { requestId }, select: { id: true, address: true } });
  return ask?.address ? [unseal(secret, "ask", ask.id, ask.address).toString()] : [];
}
