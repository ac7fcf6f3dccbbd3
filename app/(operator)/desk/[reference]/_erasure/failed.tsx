import { useTranslations } from "next-intl";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import type { ErasureProgress } from "#lib/erasure/list-steps.ts";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { leaveOut, retry } from "../actions.ts";
import styles from "../../desk.module.css";

/** A step that did not work: try again, or leave it out in words that stand on the certificate. */
export function FailedStep({ view, steps }: { readonly view: CaseView; readonly steps: ErasureProgress["steps"] }) {
  const t = useTranslations("desk.erasure.failed");
  const names = useTranslations("erasure.steps");
  const failures = useTranslations("failures");
  const ui = useTranslations("ui");
  if (view.state !== "failed") return null;
  const words = { errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") };
  const step = steps.find(({ state }) => state === "failed");
  const failure = step?.failure ?? view.failure;
  return (
    <>
      <Notice tone="danger" title={step ? t("title", { step: names(step.name) }) : t("none")}>
        {failure && failures.has(failure) ? <p>{failures(failure)}</p> : null}
      </Notice>
      {view.can.retry ? (
        <Form action={retry} words={words}>
          <input type="hidden" name="reference" value={view.reference} />
          <p>{t("about")}</p>
          <SubmitButton pending={t("retrying")}>{t("retry")}</SubmitButton>
        </Form>
      ) : null}
      {step && !view.barred ? (
        <details className={styles.more}>
          <summary>{t("leaveOut")}</summary>
          <Form action={leaveOut} words={words}>
            <input type="hidden" name="reference" value={view.reference} />
            <input type="hidden" name="step" value={step.name} />
            <TextArea name="reason" label={t("reason")} hint={t("reasonHint")} rows={4} />
            <SubmitButton variant="danger" pending={t("leaving")}>
              {t("leave")}
            </SubmitButton>
          </Form>
        </details>
      ) : null}
    </>
  );
}
