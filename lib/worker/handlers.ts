import { writeAnchor } from "#lib/audit/anchor.ts";
import type { WorkerContext } from "#lib/context.ts";
import { compareAccount, compareConsents } from "#lib/consent/compare.ts";
import { tellPublication } from "#lib/consent/tell-publication.ts";
import { printReceipt } from "#lib/consent/print-receipt.ts";
import { recordBack } from "#lib/consent/record-back.ts";
import { driftCheck } from "#lib/erasure/drift.ts";
import { forget } from "#lib/erasure/forget.ts";
import { makePlan } from "#lib/erasure/make-plan.ts";
import { runErasure } from "#lib/erasure/run.ts";
import { syncSuspension } from "#lib/erasure/sync-suspension.ts";
import { tellOther } from "#lib/erasure/tell-other.ts";
import { buildExport } from "#lib/export/build.ts";
import { removePackage } from "#lib/export/remove.ts";
import { sweepOrphans } from "#lib/export/sweep-orphans.ts";
import type { Handlers } from "#lib/jobs/boss.ts";
import { watchSynapse } from "#lib/kinds/watch-synapse.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { readAccount } from "#lib/people/read-account.ts";
import { makeReport } from "#lib/reports/make-report.ts";
import { countRequest } from "#lib/requests/count-request.ts";
import { proveAsk } from "#lib/requests/prove-ask.ts";
import { sendCollectCode } from "#lib/requests/send-collect-code.ts";
import { sendCode } from "#lib/requests/send-code.ts";
import { sweep } from "#lib/requests/sweep.ts";

/** Queue → verb. */
export function handlers(ctx: WorkerContext): Handlers {
  return {
    "account.read": async (data) => {
      await readAccount(ctx, data);
      await compareAccount(ctx, data);
    },
    "code.send": async (data) => {
      await sendCode(ctx, data);
      await sendCollectCode(ctx, data);
    },
    "request.count": (data) => countRequest(ctx, data),
    "export.build": (data) => buildExport(ctx, data),
    "erasure.plan": (data) => makePlan(ctx, data),
    "erasure.suspension": (data) => syncSuspension(ctx, data),
    "erasure.run": (data) => runErasure(ctx, data),
    "erasure.tell": (data) => tellOther(ctx, data),
    "erasure.forget": (data) => forget(ctx, data),
    "erasure.drift": () => driftCheck(ctx),
    "consent.compare": () => compareConsents(ctx),
    "policy.tell": (data) => tellPublication(ctx, data),
    "consent.receipt": (data) => printReceipt(ctx, data),
    "consent.record": (data) => recordBack(ctx, data),
    "report.month": () => makeReport(ctx),
    "ask.prove": (data) => proveAsk(ctx, data),
    "audit.anchor": async () => void (await writeAnchor(ctx)),
    "package.remove": (data) => removePackage(ctx, data),
    "letter.send": (data) => sendLetter(ctx, data),
    sweep: () => sweep(ctx),
    "synapse.watch": () => watchSynapse(ctx),
    "storage.sweep": async () => void (await sweepOrphans(ctx)),
  };
}
