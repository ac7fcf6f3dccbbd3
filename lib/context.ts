import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { Enqueue } from "#lib/jobs/enqueue.ts";
import type { LeakGate } from "#lib/leak-gate/gate.ts";
import type { Log } from "#lib/log.ts";
import type { Mailer } from "#lib/mail/mailer.ts";
import type { FilesLeft } from "#lib/matrix/files-left.ts";
import type { Eraser } from "#lib/matrix/eraser.ts";
import type { Teller } from "#lib/matrix/teller.ts";
import type { Homeserver, Mxid } from "#lib/matrix/homeserver.ts";
import type { RenderPdf } from "#lib/pdf/render.ts";
import type { Sign } from "#lib/signing/signer.ts";
import type { Spool, Storage } from "#lib/storage/storage.ts";
import type { SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import type { Policy } from "#lib/config/policy.ts";

/** The injected clock: the current instant. Nothing else in `lib` may ask the time. */
export type Now = () => Date;

/**
 * What somebody is on the desk. `operator`: decides. `second`: may only agree as the second of two. `auditor`: may look at
 * everything and change nothing. The strongest one counts.
 */
export type DeskRole = "operator" | "second" | "auditor";

/** Who acts: a signed-in person. */
export interface Actor {
  readonly personId: string;
  readonly mxid: Mxid;
  /** null: the desk does not exist for them. */
  readonly role: DeskRole | null;
  /** Decides: `role` is "operator". */
  readonly operator: boolean;
  readonly sessionId: string;
  /** Moment of the last Matrix OpenID proof. */
  readonly authenticatedAt: Date;
}

/** What a page may use. By its type alone a page can neither erase anyone nor read Synapse. */
export interface WebContext {
  readonly actor: Actor;
  readonly db: PrismaClient;
  readonly enqueue: Enqueue;
  readonly storage: Pick<Storage, "open">;
  readonly policy: Policy;
  /** PORTAL_SECRET: "not me" links and code hashes are checked with keys derived from it. */
  readonly secret: string;
  /** The homeserver's form_secret, with which its consent links are signed; null: it has none, or we were not given it. */
  readonly formSecret: string | null;
  readonly now: Now;
  readonly log: Log;
}

export interface WorkerContext {
  readonly formSecret: string | null;
  readonly db: PrismaClient;
  readonly enqueue: Enqueue;
  readonly homeserver: Homeserver;
  readonly synapseDb: SynapseDb;
  readonly mailer: Mailer;
  readonly storage: Storage;
  readonly spool: Spool;
  /** What may be done to an account, and who else is told of it. */
  readonly eraser: Eraser;
  readonly teller: Teller;
  /** File outside the database in which every erasure is noted (lib/erasure/register-file.ts). */
  readonly registerFile: string;
  /** File outside the database in which the head of the audit chain is noted every night (lib/audit/anchor.ts). */
  readonly anchorFile: string;
  /** Whether files lie in the homeserver's media store still, as far as the worker can see. */
  readonly filesLeft: FilesLeft;
  readonly leakGate: LeakGate;
  readonly renderPdf: RenderPdf;
  readonly sign: Sign;
  readonly policy: Policy;
  /** PORTAL_SECRET: codes and "not me" links are made with keys derived from it. */
  readonly secret: string;
  readonly now: Now;
  readonly log: Log;
}
