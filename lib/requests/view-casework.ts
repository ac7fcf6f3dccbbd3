import type { PrismaClient } from "#lib/db/generated/client.ts";

/** What the desk keeps with a case. Authors by Matrix ID: colleagues know each other. */
export interface CaseworkView {
  readonly notes: readonly { readonly id: string; readonly at: Date; readonly by: string; readonly text: string }[];
  readonly files: readonly { readonly id: string; readonly at: Date; readonly by: string; readonly name: string; readonly bytes: number }[];
  /** What the person wrote into the public form; null: nothing, or it did not come that way. */
  readonly words: string | null;
}

export async function viewCasework(db: PrismaClient, requestId: string): Promise<CaseworkView> {
  const who = { author: { select: { mxid: true } } };
  const [notes, files, ask] = await Promise.all([
    db.note.findMany({ where: { requestId }, orderBy: [{ at: "asc" }, { id: "asc" }], include: who }),
    db.attachment.findMany({ where: { requestId }, orderBy: [{ at: "asc" }, { id: "asc" }], select: { id: true, at: true, name: true, bytes: true, ...who } }),
    db.publicAsk.findUnique({ where: { requestId }, select: { text: true } }),
  ]);
  return {
    notes: notes.map(({ id, at, text, author }) => ({ id, at, text, by: author.mxid })),
    files: files.map(({ id, at, name, bytes, author }) => ({ id, at, name, bytes, by: author.mxid })),
    words: ask?.text ?? null,
  };
}
