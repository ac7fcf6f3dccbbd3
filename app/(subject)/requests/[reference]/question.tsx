import { useTranslations } from "next-intl";
import { Form } from "#app/_ui/form.tsx";
import { Section } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { When } from "#app/_ui/when.tsx";
import { QuestionList } from "#app/_request/question-list.tsx";
import type { RequestView } from "#lib/requests/views.ts";
import { answer } from "./actions.ts";
import styles from "./denial.module.css";

/** A question of the privacy team: theirs, why they ask where they doubt who it is, what waiting means, and where to answer. */
export function Question({ request }: { readonly request: RequestView }) {
  const t = useTranslations("clock.person");
  const ui = useTranslations("ui");
  const { enquiry, reference, can, pausedAt } = request;
  if (!enquiry || !can.answer) return null;
  return (
    <Section id="question" title={t("title")}>
      <p>{t.rich("asked", { time: () => <When key="t" at={enquiry.askedAt} /> })}</p>
      <blockquote className={styles.words} dir="auto">
        {enquiry.question}
      </blockquote>
      {enquiry.doubt ? (
        <>
          <p>{t("doubt")}</p>
          <blockquote className={styles.words} dir="auto">
            {enquiry.doubt}
          </blockquote>
        </>
      ) : null}
      <p>{pausedAt ? t.rich("waits", { time: () => <When key="t" at={pausedAt} day /> }) : t("runs")}</p>
      <Form action={answer} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
        <input type="hidden" name="reference" value={reference} />
        <TextArea name="answer" label={t("answer")} hint={t("hint")} rows={6} />
        <div>
          <SubmitButton pending={t("sending")}>{t("send")}</SubmitButton>
        </div>
      </Form>
    </Section>
  );
}

/** What was asked and answered before, and why it takes longer. */
export function PastQuestions({ request: { enquiries, extension } }: { readonly request: RequestView }) {
  const t = useTranslations("clock");
  const settled = enquiries.filter(({ endedAt }) => endedAt !== null);
  return (
    <>
      {extension ? (
        <Section id="extension" title={t("person.longer")}>
          <p>{t(`extension.${extension.reason as "number"}`)}</p>
          <blockquote className={styles.words} dir="auto">
            {extension.text}
          </blockquote>
        </Section>
      ) : null}
      {settled.length > 0 ? (
        <Section id="questions" title={t("person.questions")}>
          <QuestionList enquiries={settled} />
        </Section>
      ) : null}
    </>
  );
}
