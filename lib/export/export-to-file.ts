import { createHash, randomUUID } from "node:crypto";
import { link, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { givenBack } from "#lib/give-back.ts";
import { languageOf } from "#lib/messages/languages.ts";
import { keyed } from "#lib/requests/keys.ts";
import { wishesIn } from "#lib/requests/wishes.ts";
import { orFull } from "#lib/storage/storage.ts";
import { checkFile } from "./check-file.ts";
import { asJobError } from "./failures.ts";
import type { PackageSummary } from "./manifest.ts";
import type { Approval, Observer, PackageOrder } from "./order.ts";
import { prepareOrder } from "./prepare-order.ts";
import { writePackage } from "./write.ts";

export type ToFileContext = Pick<WorkerContext, "db" | "homeserver" | "synapseDb" | "spool" | "renderPdf" | "sign" | "leakGate" | "policy" | "secret" | "now">;

export interface ExportedFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly summary: PackageSummary;
}

/** The name is taken; nothing is ever overwritten. */
export class FileExists extends Error {}

interface Asked extends Pick<PackageOrder, "subject" | "reference" | "scope" | "kinds"> {
  readonly file: string;
  /** Why kinds on approval in `scope` are given; whoever has the command line approves by typing it. */
  readonly approvalReason: string | null;
}

/**
 * The operator's export, for a request that came by letter: the same package by the same code, in the clear, in a
 * file only its owner reads. It stands beside as `.part` until it is whole and the audit record is written.
 * @throws FileExists, RetryLater, GiveUp (PackageBlocked among them), or the reason of `observer.signal`
 */
export async function exportToFile(
  ctx: ToFileContext, { file, approvalReason, ...asked }: Asked, observer: Observer,
): Promise<ExportedFile> {
  if (await stat(file).catch(() => null)) throw new FileExists();
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.part`);
  try {
    const reason = approvalReason ?? "";
    const approvals = reason === "" ? [] : wishesIn(asked.scope).map((kind): Approval => ({ kind, at: ctx.now().toISOString(), reason, by: "operator" }));
    const person = await ctx.db.person.findUnique({ where: { mxid: asked.subject }, select: { locale: true } });
    const order = await prepareOrder(ctx, { ...asked, approvals, locale: languageOf(person ?? { locale: null }, ctx.policy) });
    const { sunk, summary } = await writePackage(ctx, order, observer, (zip) => writeFile(part, givenBack(zip)));
    await checkFile(ctx, part, sunk.bytes, order, observer);
    await recordExport(ctx, order, sunk.bytes, summary);
    await publish(part, file);
    return { file, ...sunk, summary };
  } catch (error) {
    throw asJobError(error);
  } finally {
    await rm(part, { force: true });
  }
}

async function writeFile(part: string, zip: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  const file = await open(part, "wx", 0o600);
  try {
    let bytes = 0;
    for await (const chunk of zip) {
      hash.update(chunk);
      bytes += chunk.length;
      await file.writeFile(chunk);
    }
    await file.sync();
    return { bytes, sha256: hash.digest("hex") };
  } catch (error) {
    throw orFull(error);
  } finally {
    await file.close();
  }
}

/** A link fails where a name is taken, and a rename would overwrite; not every file system has links. */
async function publish(part: string, file: string): Promise<void> {
  try {
    await link(part, file);
  } catch (error) {
    if ((error as { code?: unknown }).code === "EEXIST") throw new FileExists();
    await rename(part, file);
  }
}

/** The person stands in the record as a keyed pseudonym: whoever knows the ID and the secret can show whose export it was, nobody else. */
async function recordExport({ db, now, secret }: ToFileContext, { subject, scope, approvals }: PackageOrder, bytes: number, summary: PackageSummary): Promise<void> {
  const person = await db.person.findUnique({ where: { mxid: subject }, select: { id: true } });
  const data = {
    subject: keyed(secret, "audit", subject).toString("hex").slice(0, 32),
    person: person?.id ?? null,
    kinds: scope.kinds.length,
    records: summary.totals.included,
    candidates: summary.totals.candidates,
    missingMedia: summary.media.missing,
    bytes,
  };
  const at = now();
  await db.$transaction(async (tx) => {
    await appendAudit(tx, { at, event: "cli_exported", actor: "cli", data });
    for (const { kind } of approvals) await appendAudit(tx, { at, event: "kind_granted", actor: "cli", data: { kind, subject: data.subject } });
  });
}
