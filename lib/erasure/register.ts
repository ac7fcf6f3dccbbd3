import type { WorkerContext } from "#lib/context.ts";
import { keyed } from "#lib/requests/keys.ts";
import { appendRegister, readRegister, type RegisterEntry } from "./register-file.ts";

export type RegisterContext = Pick<WorkerContext, "db" | "secret" | "registerFile" | "now">;

/** Names nobody: a keyed hash of the Matrix ID and the second the account was made. */
export function markOf(secret: string, mxid: string, createdSeconds: number): string {
  return keyed(secret, "register", `account ${createdSeconds} ${mxid}`).toString("hex");
}

/** From now on a restored backup finds this account again and erases it. The file first: the database is what gets restored. */
export async function register(ctx: RegisterContext, account: { mxid: string; createdSeconds: number; redacted: boolean }): Promise<void> {
  const mark = markOf(ctx.secret, account.mxid, account.createdSeconds);
  const erasedAt = ctx.now();
  await appendRegister(ctx.registerFile, { mark, erasedAt: erasedAt.toISOString(), redacted: account.redacted });
  await ctx.db.erasedAccount.createMany({ data: { mark, erasedAt, redacted: account.redacted }, skipDuplicates: true });
}

/** Both registers as one; what one of them lacks is put right in the database, and left alone in the file. */
export async function wholeRegister(ctx: RegisterContext): Promise<ReadonlyMap<string, RegisterEntry>> {
  const inFile = await readRegister(ctx.registerFile);
  await ctx.db.erasedAccount.createMany({ data: inFile.map(({ mark, erasedAt, redacted }) => ({ mark, erasedAt: new Date(erasedAt), redacted })), skipDuplicates: true });
  const rows = await ctx.db.erasedAccount.findMany();
  return new Map(rows.map(({ mark, erasedAt, redacted }) => [mark, { mark, erasedAt: erasedAt.toISOString(), redacted }]));
}
