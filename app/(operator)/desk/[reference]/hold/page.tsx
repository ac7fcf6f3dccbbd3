import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { asOperator } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { holdReasons } from "#lib/requests/hold-reasons.ts";
import { LetterForm, LetterPage } from "../letter-page.tsx";
import { hold } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.erasure.hold");
  return { title: t("page") };
}

/** A legal hold: ground and words, then the letter as the person will read it, then it stands. */
export default async function HoldPage({ params }: PageProps<"/desk/[reference]/hold">) {
  const { reference } = await params;
  const ctx = await asOperator();
  const view = await found(viewCase(ctx, reference));
  const path = `/desk/${view.reference}`;
  if (!view.can.hold) redirect(path);
  const t = await getTranslations("desk.erasure.hold");
  const deny = await getTranslations("desk.deny");
  const reasons = await getTranslations("reasons");
  return (
    <LetterPage reference={view.reference} title={t("title", { reference: grouped(view.reference) })} lead={t("lead")}>
      <LetterForm reference={view.reference} action={hold} send={t("send")} sending={t("holding")} danger>
        <ChoiceGroup type="radio" name="reason" legend={t("reason")} hint={deny("reasonHint")} choices={holdReasons.map(({ code }) => ({ value: code, label: reasons(code) }))} />
        <TextArea name="text" label={deny("text")} hint={t("textHint")} rows={8} />
      </LetterForm>
    </LetterPage>
  );
}
