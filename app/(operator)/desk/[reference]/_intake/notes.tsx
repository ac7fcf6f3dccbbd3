import { useTranslations } from "next-intl";
import { Form } from "#app/_ui/form.tsx";
import { Section } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { When } from "#app/_ui/when.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { note } from "../actions.ts";
import styles from "./casework.module.css";

/** What the team tells itself about the case, oldest first; nothing is changed afterwards. */
export function Notes({ view }: { readonly view: CaseView }) {
  const t = useTranslations("intake.desk.notes");
  const ui = useTranslations("ui");
  const { notes } = view.casework;
  return (
    <Section id="notes" title={t("title")}>
      <p>{t("about")}</p>
      {notes.length === 0 ? <p>{t("none")}</p> : null}
      <ol className={styles.list}>
        {notes.map(({ id, at, by, text }) => (
          <li key={id}>
            <p className={styles.small}>{t.rich("by", { who: () => <bdi key="w">{by}</bdi>, when: () => <When key="t" at={at} /> })}</p>
            <p dir="auto" className={styles.words}>
              {text}
            </p>
          </li>
        ))}
      </ol>
      {view.barred ? null : (
        <Form action={note} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
          <input type="hidden" name="reference" value={view.reference} />
          <TextArea name="text" label={t("text")} rows={3} maxLength={4000} />
          <SubmitButton variant="secondary" pending={t("saving")}>
            {t("save")}
          </SubmitButton>
        </Form>
      )}
    </Section>
  );
}
