import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { When } from "#app/_ui/when.tsx";
import { asOperator } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { extensionReasons } from "#lib/requests/extension-reasons.ts";
import { LetterForm, LetterPage, NoLetter } from "../letter-page.tsx";
import { extend } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clock.extend");
  return { title: t("page") };
}

/** Two months more: reason and words, then the letter as the person will read it, then it holds. Where it cannot be, why. */
export default async function ExtendPage({ params }: PageProps<"/desk/[reference]/extend">) {
  const { reference } = await params;
  const ctx = await asOperator();
  const view = await found(viewCase(ctx, reference));
  const t = await getTranslations("clock");
  const deny = await getTranslations("desk.deny");
  const errors = await getTranslations("errors");
  const to = view.forecast.extendedTo;
  return (
    <LetterPage reference={view.reference} title={t("extend.title", { reference: grouped(view.reference) })} lead={t("extend.lead")}>
      {view.can.extend && to ? (
        <LetterForm reference={view.reference} action={extend} send={t("extend.send")} sending={t("extend.sending")}>
          <p>{t.rich("extend.to", { day: () => <When key="d" at={new Date(to.getTime() - 1)} day /> })}</p>
          <ChoiceGroup type="radio" name="reason" legend={t("extend.reason")} hint={deny("reasonHint")} choices={extensionReasons.map(({ code }) => ({ value: code, label: t(`extension.${code}`) }))} />
          <TextArea name="text" label={deny("text")} hint={t("extend.textHint")} rows={8} />
        </LetterForm>
      ) : (
        <NoLetter reference={view.reference} title={t("extend.cannot")} why={errors(view.barred ?? view.extensionBarred ?? "state_changed")} />
      )}
    </LetterPage>
  );
}
