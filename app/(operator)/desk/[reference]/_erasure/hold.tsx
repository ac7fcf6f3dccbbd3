import { useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { When } from "#app/_ui/when.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { unhold } from "../actions.ts";
import styles from "../../desk.module.css";

/** The legal hold: why it stands and how to lift it, or the way to set it. */
export function Hold({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.erasure.hold");
  const reasons = useTranslations("reasons");
  const ui = useTranslations("ui");
  const hold = view.erasure?.hold;
  if (hold && !view.closedAt) {
    return (
      <>
        <Notice tone="warning" title={t.rich("on", { time: () => <When key="t" at={hold.at} /> })}>
          <p>{reasons(hold.reason)}</p>
          <p className={styles.words} dir="auto">
            {hold.text}
          </p>
        </Notice>
        {view.can.unhold ? (
          <Form action={unhold} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
            <input type="hidden" name="reference" value={view.reference} />
            <p>{t("liftAbout")}</p>
            <SubmitButton pending={t("lifting")}>{t("lift")}</SubmitButton>
          </Form>
        ) : null}
      </>
    );
  }
  return view.can.hold ? (
    <div>
      <ButtonLink href={`/desk/${view.reference}/hold`} variant="secondary">
        {t("link")}
      </ButtonLink>
    </div>
  ) : null;
}
