import { createHash, randomBytes } from "node:crypto";
import type { Certificate, CertificateFile } from "./certificate.ts";
import { notDone, removedBy } from "./certificate.ts";
import type { Residue } from "./residue.ts";
import type { RequestRun } from "./request-run.ts";
import type { Facts } from "./step.ts";
import { stepNames, type StepName } from "./step-names.ts";

const saltBytes = 32;

/** SHA-256 (hex) of salt and Matrix ID as one text. */
export function holderHash(salt: string, mxid: string): string {
  return createHash("sha256").update(`${salt}${mxid}`).digest("hex");
}

/** From the rows of the run, of one moment; signed with the key that signs packages. */
export async function writeCertificate(run: RequestRun): Promise<{ file: CertificateFile; salt: string; issuedAt: Date }> {
  const { ctx, claim } = run;
  const { requestId } = claim;
  const issuedAt = ctx.now();
  const request = await ctx.db.request.findUniqueOrThrow({ where: { id: requestId }, select: { receivedAt: true, confirmedAt: true, decidedAt: true } });
  const erasure = await ctx.db.erasure.findUniqueOrThrow({ where: { requestId }, include: { steps: true, notices: { orderBy: [{ target: "asc" }, { name: "asc" }] } } });
  const facts = (name: StepName): Facts => (erasure.steps.find((each) => each.name === name)?.facts ?? {}) as Facts;
  const salt = randomBytes(saltBytes).toString("hex");
  const { controller, dpoMail, authority, serverName } = ctx.policy;
  const residue = erasure.residue as unknown as Residue | null;
  const certificate: Certificate = {
    format: { name: "matrix-privacy-portal-certificate", version: 1 },
    reference: claim.reference,
    holder: { algorithm: "SHA-256", over: "salt, Matrix ID", hash: holderHash(salt, run.mxid) },
    homeserver: serverName,
    controller: { name: controller.name, address: controller.address },
    officer: dpoMail,
    supervision: { name: authority.name, url: authority.url },
    accounts: ctx.eraser.authority,
    planHash: claim.planHash,
    options: { redact: claim.options.redact, suspend: claim.options.suspend, leaveNow: claim.options.leaveNow },
    asked: request.receivedAt.toISOString(),
    confirmed: request.confirmedAt?.toISOString() ?? null,
    approved: request.decidedAt?.toISOString() ?? null,
    begun: new Date(Math.min(issuedAt.getTime(), ...erasure.steps.map(({ intendedAt }) => intendedAt.getTime()))).toISOString(),
    issued: issuedAt.toISOString(),
    removed: removedBy(facts),
    retained: (claim.plan?.stays ?? []).map(({ code, law }) => ({ code, law })),
    failed: notDone(facts),
    overridden: stepNames.flatMap((step) => {
      const row = erasure.steps.find((each) => each.name === step && each.state === "overridden");
      return row ? [{ step, reason: row.overrideReason ?? "" }] : [];
    }),
    residue: {
      measured: residue?.measuredAt ?? issuedAt.toISOString(),
      places: (residue?.entries ?? []).map(({ table, column, trace, rows, why, law, goesBy }) => ({ table, column, trace, rows, why, law, goesBy })),
      unexplained: (residue?.unexplained ?? []).map(({ table, column, trace, rows }) => ({ table, column, trace, rows })),
    },
    told: erasure.notices.map(({ target, name, state }) => ({ target, name, state })),
  };
  // RFC 8785 knows no lone surrogates, and an operator's words may hold one.
  const text = JSON.stringify(certificate, (_key, value: unknown) => (typeof value === "string" ? value.toWellFormed() : value));
  return { file: { certificate: JSON.parse(text) as Certificate, signature: ctx.sign(text, "certificate.json") }, salt, issuedAt };
}
