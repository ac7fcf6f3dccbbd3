import { appendAudit } from "#lib/audit/append.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { GiveUp } from "#lib/errors.ts";
import { languageOf } from "#lib/messages/languages.ts";
import { certificatePdf } from "../certificate-pdf.ts";
import { writeCertificate } from "../write-certificate.ts";
import type { ErasureFailure } from "../failures.ts";
import type { Residue } from "../residue.ts";
import type { RequestRun } from "../request-run.ts";
import { done, type Step } from "../step.ts";

/**
 * The proof: what went, what stays and why, what failed, who was told. None while something unexplained is left, unless an
 * operator says in words why it may be: the words stand on it.
 * @throws GiveUp "residue_unexplained"
 */
export const certificate: Step<RequestRun> = {
  name: "certificate",
  async act(run) {
    const { ctx, claim } = run;
    const { requestId } = claim;
    if (await ctx.db.certificate.findUnique({ where: { requestId }, select: { requestId: true } })) return done({ issued: true });
    const { residue } = await ctx.db.erasure.findUniqueOrThrow({ where: { requestId }, select: { residue: true } });
    const unexplained = (residue as unknown as Residue | null)?.unexplained.length ?? 0;
    if (unexplained > 0 && run.accepted === null) throw new GiveUp("residue_unexplained" satisfies ErasureFailure);
    const { file, salt, issuedAt } = await writeCertificate(run);
    const { person } = await ctx.db.request.findUniqueOrThrow({ where: { id: requestId }, select: { person: { select: { locale: true } } } });
    const pdf = await ctx.renderPdf(certificatePdf(file, ctx.policy, languageOf(person, ctx.policy)));
    await run.write(async (tx, at) => {
      const { count } = await tx.certificate.createMany({
        data: { requestId, issuedAt, document: file as unknown as Prisma.InputJsonObject, pdf: new Uint8Array(pdf), salt },
        skipDuplicates: true,
      });
      if (count === 1) await appendAudit(tx, { at, event: "certified", actor: "worker", requestId, data: { unexplained } });
    });
    return done({ issued: true });
  },
};
