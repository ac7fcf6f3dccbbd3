import type { WebContext } from "#lib/context.ts";
import type { RequestState } from "#lib/db/generated/enums.ts";

/** What a person should know before they ask: an erasure that is open already, and how their copy stands. */
export interface ErasurePreview {
  readonly open: string | null;
  /** The newest request for a copy that was not refused, taken back or left to run out; `fetched`: downloaded at least once. */
  readonly copy: { readonly reference: string; readonly state: RequestState; readonly fetched: boolean } | null;
  readonly hasMail: boolean;
}

export async function previewErasure({ db, actor }: Pick<WebContext, "db" | "actor">): Promise<ErasurePreview> {
  const { personId } = actor;
  const person = await db.person.findUniqueOrThrow({ where: { id: personId }, select: { hasMail: true } });
  const open = await db.request.findFirst({ where: { personId, kind: "erasure", closedAt: null }, select: { reference: true } });
  const copy = await db.request.findFirst({
    where: { personId, kind: "export", state: { in: ["unconfirmed", "review", "running", "ready", "failed", "fulfilled"] } },
    orderBy: { receivedAt: "desc" },
    include: { packages: { select: { downloads: true } } },
  });
  return {
    open: open?.reference ?? null,
    copy: copy ? { reference: copy.reference, state: copy.state, fetched: copy.packages.some(({ downloads }) => downloads > 0) } : null,
    hasMail: person.hasMail,
  };
}
