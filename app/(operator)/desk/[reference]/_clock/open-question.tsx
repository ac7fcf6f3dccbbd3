import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Day } from "#app/_ui/day.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { When } from "#app/_ui/when.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { endQuestion } from "../actions.ts";
import styles from "../../desk.module.css";

/** The question the person has not answered yet, and the way to go on without them. */
export function OpenQuestion({ view }: { readonly view: CaseView }) {
  const t = useTranslations("clock.desk");
  const { enquiry } = view;
  if (!enquiry || view.closedAt) return null;
  return (
    <>
      <Notice title={t.rich("open", { time: () => <When key="t" at={enquiry.askedAt} /> })}>
        <p className={styles.words} dir="auto">
          {enquiry.question}
        </p>
        {enquiry.doubt ? <p dir="auto">{t("doubt", { doubt: enquiry.doubt })}</p> : null}
        <p>{t(view.pausedAt ? "waits" : "runs")}</p>
      </Notice>
      {view.can.endEnquiry ? <End view={view} /> : null}
    </>
  );
}

function End({ view: { reference, can, forecast } }: { readonly view: CaseView }) {
  const t = useTranslations("clock.desk.end");
  const deny = useTranslations("desk.decide");
  const ui = useTranslations("ui");
  const choice = (value: "satisfied" | "dropped") => {
    const to = forecast.endedTo?.[value];
    return { value, label: t(value), ...(to ? { hint: t.rich("to", { day: () => <Day key="d" day={to} /> }) } : {}) };
  };
  return (
    <Form action={endQuestion} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
      <input type="hidden" name="reference" value={reference} />
      <ChoiceGroup type="radio" name="how" legend={t("legend")} hint={t("hint")} choices={[choice("satisfied"), choice("dropped")]} />
      <ButtonRow>
        <SubmitButton pending={t("pending")}>{t("action")}</SubmitButton>
        {can.deny ? (
          <ButtonLink href={`/desk/${reference}/deny`} variant="secondary">
            {deny("denyLink")}
          </ButtonLink>
        ) : null}
      </ButtonRow>
    </Form>
  );
}
