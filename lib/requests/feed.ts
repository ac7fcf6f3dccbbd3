import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { appendAudit } from "#lib/audit/append.ts";
import type { DoorContext } from "#lib/auth/door-context.ts";
import type { DeskRole, WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import type { RequestKind } from "#lib/db/generated/enums.ts";
import { openStates } from "./states.ts";
import { keyed } from "./keys.ts";
import { inTransaction } from "./transaction.ts";

const bytes = 24;
const most = 5;
/** Sessions end by the hour, a calendar's address does not: what is not asked for in so long is not let live on. */
const idleDays = 90;

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

export interface Feed {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** One's own that still work. Throws "not_found" for people without a role on the desk. */
export async function listFeeds({ db, actor }: WebContext): Promise<readonly Feed[]> {
  if (actor.role === null) throw new DomainError("not_found", "request");
  return await db.feedToken.findMany({ where: { ownerId: actor.personId, revokedAt: null }, orderBy: { createdAt: "asc" }, select: { id: true, createdAt: true, lastUsedAt: true } });
}

/** The token is told once and only its hash is kept (decision 7). Throws "conflict" (feeds_many). */
export async function openFeed({ db, actor, now }: WebContext): Promise<{ readonly token: string }> {
  if (actor.role === null) throw new DomainError("not_found", "request");
  const token = randomBytes(bytes).toString("base64url");
  await inTransaction(db, async (tx) => {
    if ((await tx.feedToken.count({ where: { ownerId: actor.personId, revokedAt: null } })) >= most) throw new DomainError("conflict", "feeds_many");
    await tx.feedToken.create({ data: { ownerId: actor.personId, hash: hashOf(token), createdAt: now() } });
    await appendAudit(tx, { at: now(), event: "feed_opened", actor: "operator", actorId: actor.personId });
  });
  return { token };
}

/** One's own; somebody else's is not there. */
export async function revokeFeed({ db, actor, now }: WebContext, { id }: { readonly id: unknown }): Promise<void> {
  if (actor.role === null || !z.uuid().safeParse(id).success) throw new DomainError("not_found", "request");
  await inTransaction(db, async (tx) => {
    const { count } = await tx.feedToken.updateMany({ where: { id: String(id), ownerId: actor.personId, revokedAt: null }, data: { revokedAt: now() } });
    if (count === 1) await appendAudit(tx, { at: now(), event: "feed_revoked", actor: "operator", actorId: actor.personId });
  });
}

/** A deadline for a calendar: nothing of the person. */
export interface FeedDate {
  readonly uid: string;
  readonly reference: string;
  readonly kind: RequestKind;
  /** YYYY-MM-DD, the last day. */
  readonly day: string;
  /** Grows when the day moves. */
  readonly sequence: number;
}

/**
 * What a calendar gets for its token: deadlines of open cases. Dead, unknown and idle tokens, and those of people who lost
 * their role, look the same: "not_found". The hash is looked up, so the time it takes tells nothing of a token.
 */
export async function readFeed({ db, now, policy, secret }: DoorContext, token: unknown, roleOf: (owner: { readonly mxid: string; readonly admin: boolean }) => DeskRole | null): Promise<{ readonly dates: readonly FeedDate[]; readonly locale: string | null; readonly server: string }> {
  const at = now();
  const row = typeof token === "string" && token.length <= 64 ? await db.feedToken.findUnique({ where: { hash: hashOf(token) }, include: { owner: { select: { mxid: true, admin: true, locale: true } } } }) : null;
  const idle = row ? at.getTime() - (row.lastUsedAt ?? row.createdAt).getTime() > idleDays * 86_400_000 : true;
  if (!row || row.revokedAt || idle || roleOf(row.owner) === null) throw new DomainError("not_found", "request");
  await db.feedToken.updateMany({ where: { id: row.id, revokedAt: null }, data: { lastUsedAt: at } });
  const open = await db.request.findMany({
    where: { state: { in: openStates.filter((state) => state !== "unconfirmed" && state !== "ready" && state !== "grace") }, pausedAt: null },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
    select: { id: true, reference: true, kind: true, dueOn: true, extendedAt: true, enquiries: { where: { endedAt: { not: null } }, select: { id: true } } },
  });
  return {
    server: policy.serverName,
    locale: row.owner.locale,
    dates: open.map(({ id, reference, kind, dueOn, extendedAt, enquiries }) => ({
      uid: keyed(secret, "calendar", `due ${id}`).toString("hex").slice(0, 32),
      reference,
      kind,
      day: dueOn.toISOString().slice(0, 10),
      sequence: enquiries.length + (extendedAt ? 1 : 0),
    })),
  };
}
