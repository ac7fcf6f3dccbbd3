"use server";
import { getFormatter, getTranslations } from "next-intl/server";
import { formAction } from "#app/_server/action.ts";
import { asSubject } from "#app/_server/guard.ts";
import { inWords } from "#app/_server/words.ts";
import { bytesInWords } from "#app/_ui/bytes.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { getScopeWords } from "#app/_request/scope-words.ts";
import { totals } from "#app/_request/totals.ts";
import type { WebContext } from "#lib/context.ts";
import { exportInput, parseInput } from "#lib/requests/inputs.ts";
import { submitExport } from "#lib/requests/submit.ts";
import { previewExport } from "#lib/requests/views.ts";

const send = formAction(submitExport, {
  who: "subject",
  input: answers,
  then: ({ reference, existing }) => (existing ? `/requests/${reference}` : `/requests/${reference}/confirm`),
});

/** The one form of this page: "check" shows the answers once more, "edit" goes back to them, "send" asks. */
export async function ask(previous: FormState, form: FormData): Promise<FormState> {
  const values = answers(form);
  const step = form.get("step");
  if (step === "edit") return { ok: false, errors: {}, values };
  if (step === "send") return { ...(await send(previous, form)), values };
  const ctx = await asSubject();
  try {
    return { ok: true, errors: {}, values, check: await answersInWords(ctx, values) };
  } catch (error) {
    return { ok: false, errors: await inWords(error, ctx.log, "action"), values };
  }
}

function answers(form: FormData) {
  const text = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  return { kinds: text("kinds"), onApproval: text("onApproval"), from: text("from")[0] ?? "", to: text("to")[0] ?? "", mediaFiles: text("mediaFiles")[0] ?? "" };
}

async function answersInWords(ctx: WebContext, values: unknown): Promise<NonNullable<FormState["check"]>> {
  const scope = parseInput(exportInput, values);
  const t = await getTranslations("requests.check");
  const words = await getScopeWords(scope);
  const { counts } = await previewExport(ctx);
  const size = counts ? t("sizeAbout", { size: bytesInWords(await getFormatter(), totals(counts, scope).bytes) }) : t("sizeUnknown");
  return [
    { term: t("kinds"), value: words.kinds },
    ...(words.onApproval ? [{ term: t("onApproval"), value: t("onApprovalValue", { names: words.onApproval }) }] : []),
    { term: t("range"), value: words.range },
    { term: t("media"), value: words.media },
    { term: t("size"), value: size },
  ];
}
