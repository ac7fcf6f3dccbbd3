import type { DeskRole, WebContext } from "#lib/context.ts";
import type { Looked } from "./record-look.ts";

export interface Look {
  readonly at: Date;
  readonly role: DeskRole;
  readonly what: Looked;
  /** Of the request that was opened. */
  readonly reference: string | null;
}

const most = 500;

/** Who looked at the person's data, newest first, at most 500; by role, never by name: the audit record knows the name. */
export async function whoLooked({ db, actor }: Pick<WebContext, "db" | "actor">): Promise<readonly Look[]> {
  const rows = await db.staffView.findMany({
    where: { subjectId: actor.personId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: most,
    select: { at: true, role: true, what: true, request: { select: { reference: true } } },
  });
  return rows.map(({ at, role, what, request }) => ({ at, role: role as DeskRole, what: what as Looked, reference: request?.reference ?? null }));
}

/** How often, for the line on the person's home page. */
export async function countLooks({ db, actor }: Pick<WebContext, "db" | "actor">): Promise<number> {
  return await db.staffView.count({ where: { subjectId: actor.personId } });
}
