"use server";
import { getTranslations } from "next-intl/server";
import { publicAction } from "#app/_server/action.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { openCertificate, type OpenedCertificate } from "#lib/erasure/open-certificate.ts";

/** Shows the certificate's date and the holder's proof; the files come from a route that wants the code once more. */
export async function open(previous: FormState, form: FormData): Promise<FormState> {
  const opened: OpenedCertificate[] = [];
  const input = (fields: FormData) => ({ reference: fields.get("reference"), code: fields.get("code") });
  const state = await publicAction(async (ctx, typed: ReturnType<typeof input>) => void opened.push(await openCertificate(ctx, typed)), { input })(previous, form);
  const [certificate] = opened;
  if (!state.ok || !certificate) return state;
  const t = await getTranslations("erasure.proof");
  const { reference, salt } = certificate;
  return { ok: true, errors: {}, values: { reference, code: String(form.get("code")) }, check: [{ term: t("salt"), value: salt }] };
}
