import type { WorkerContext } from "#lib/context.ts";
import { GiveUp } from "#lib/errors.ts";
import { kindsOnApproval, type KindId } from "#lib/kinds/kind.ts";
import { readPortalRecords } from "#lib/kinds/portal-records.ts";
import type { BuildFailure } from "./failures.ts";
import type { PackageOrder } from "./order.ts";

type Asked = Pick<PackageOrder, "subject" | "reference" | "scope" | "approvals" | "kinds" | "locale"> & { readonly leftOut?: readonly KindId[] };

/**
 * What was asked for, less what needs an approval and has none or was left out, and what the homeserver and the portal's own database add to it.
 * @throws GiveUp "account_gone", or what the homeserver throws
 */
export async function prepareOrder(
  { homeserver, db }: Pick<WorkerContext, "homeserver" | "db">, { subject, reference, scope, approvals, kinds, locale, leftOut = [] }: Asked,
): Promise<PackageOrder> {
  const account = await homeserver.account(subject);
  if (!account) throw new GiveUp("account_gone" satisfies BuildFailure);
  const { version } = await homeserver.identify();
  const refused = scope.kinds.filter((kind) => leftOut.includes(kind) || (kindsOnApproval.includes(kind) && !approvals.some((approval) => approval.kind === kind)));
  const given = scope.kinds.filter((kind) => !refused.includes(kind));
  return {
    subject,
    displayName: account.displayName,
    reference,
    scope: { ...scope, kinds: given },
    approvals: approvals.filter(({ kind }) => given.includes(kind)),
    refused,
    kinds,
    portal: given.includes("portal") ? await readPortalRecords(db, subject) : [],
    receipts: given.includes("portal") ? await readReceipts(db, subject) : [],
    homeserverVersion: `Synapse ${version}`,
    locale,
  };
}

async function readReceipts(db: WorkerContext["db"], mxid: string): Promise<PackageOrder["receipts"]> {
  const rows = await db.consentReceipt.findMany({ where: { consent: { person: { mxid } } }, orderBy: [{ consent: { at: "asc" } }, { consentId: "asc" }] });
  return rows.map(({ consentId: id, document, pdf }) => ({ id, document, pdf }));
}
