"use server";
import { getLocale, getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import { asOperator } from "#app/_server/guard.ts";
import { requireSameOrigin } from "#app/_server/same-origin.ts";
import { inWords } from "#app/_server/words.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { grouped } from "#app/_ui/reference.tsx";
import { actOnSeveral } from "#lib/requests/bulk.ts";
import { denyInput, parseInput } from "#lib/requests/inputs.ts";
import { letterOf } from "../[reference]/letter-steps.ts";
import { bulkAct } from "./read-act.ts";

/** "check" shows the letter of a refusal, "edit" goes back to its words, "send" acts on each case and tells what became of it. */
export async function actOnThem(_previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await asOperator();
  const act = bulkAct(form.get("act")) ?? "assign";
  const references = form.getAll("reference").map(String);
  const answers = { reason: String(form.get("reason") ?? ""), text: String(form.get("text") ?? ""), to: String(form.get("to") ?? "") };
  const values = { act, reference: references, ...answers };
  try {
    requireSameOrigin(await headers(), ctx.policy.portalUrl);
    if (form.get("step") === "edit") return { ok: false, errors: {}, values };
    if (form.get("step") === "check") {
      const denial = parseInput(denyInput, answers);
      return { ok: true, errors: {}, values, check: await letterOf(ctx, "denied", { reference: references[0] ?? "", kind: "export", denial }, await getLocale()) };
    }
    const t = await getTranslations("register.bulk");
    const errors = await getTranslations("errors");
    const results = await actOnSeveral(ctx, act, references, answers);
    return { ok: true, errors: {}, values: {}, outcome: results.map(({ reference, problem }) => ({ term: grouped(reference), value: problem === null ? t(`done.${act}`) : t("notDone", { why: errors.has(problem) ? errors(problem) : errors("refused") }) })) };
  } catch (error) {
    return { ok: false, errors: await inWords(error, ctx.log, "action"), values };
  }
}
