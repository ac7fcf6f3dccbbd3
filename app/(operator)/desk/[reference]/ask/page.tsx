import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { asOperator } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { LetterForm, LetterPage, NoLetter } from "../letter-page.tsx";
import { ask } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clock.ask");
  return { title: t("page") };
}

/** A question to the person: what about, the words, then the letter as they will read it, then it goes. */
export default async function AskPage({ params }: PageProps<"/desk/[reference]/ask">) {
  const { reference } = await params;
  const ctx = await asOperator();
  const view = await found(viewCase(ctx, reference));
  const t = await getTranslations("clock.ask");
  const errors = await getTranslations("errors");
  const { stops } = view.forecast;
  return (
    <LetterPage reference={view.reference} title={t("title", { reference: grouped(view.reference) })} lead={t("lead")}>
      {view.can.ask ? (
        <LetterForm reference={view.reference} action={ask} send={t("send")} sending={t("sending")}>
          <ChoiceGroup
            type="radio"
            name="about"
            legend={t("about")}
            choices={[
              { value: "clarification", label: t("clarification"), hint: t(`stops.${stops.clarification ?? "no"}`) },
              { value: "identity", label: t("identity"), hint: t(`stops.${stops.identity ?? "no"}`) },
            ]}
          />
          <TextArea name="question" label={t("question")} hint={t("questionHint")} rows={6} />
          <TextArea name="doubt" label={t("doubt")} hint={t("doubtHint")} rows={4} />
        </LetterForm>
      ) : (
        <NoLetter reference={view.reference} title={t("cannot")} why={errors(view.barred ?? (view.enquiry ? "enquiry_open" : "state_changed"))} />
      )}
    </LetterPage>
  );
}
