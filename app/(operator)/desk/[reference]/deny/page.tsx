import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { asOperator } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { LetterForm, LetterPage } from "../letter-page.tsx";
import { deny } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.deny");
  return { title: t("page") };
}

/** A refusal: reason and words, then the letter as the person will read it, then it goes. */
export default async function DenyPage({ params }: PageProps<"/desk/[reference]/deny">) {
  const { reference } = await params;
  const ctx = await asOperator();
  const view = await found(viewCase(ctx, reference));
  const path = `/desk/${view.reference}`;
  if (!view.can.deny) redirect(path);
  const t = await getTranslations("desk.deny");
  const reasons = await getTranslations("reasons");
  return (
    <LetterPage reference={view.reference} title={t("title", { reference: grouped(view.reference) })} lead={t("lead")}>
      <LetterForm reference={view.reference} action={deny} send={t("send")} sending={t("sending")} danger>
        <ChoiceGroup
          type="radio"
          name="reason"
          legend={t("reason")}
          hint={t("reasonHint")}
          choices={view.reasons.map(({ code }) => ({ value: code, label: reasons(code) }))}
        />
        <TextArea name="text" label={t("text")} hint={t("textHint")} rows={8} />
      </LetterForm>
    </LetterPage>
  );
}
