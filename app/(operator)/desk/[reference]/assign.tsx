import { useTranslations } from "next-intl";
import { Form } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import type { Staff } from "#lib/requests/list-staff.ts";
import { assign } from "./actions.ts";
import styles from "./assign.module.css";

/** Whose work the case is, and giving it to somebody else. */
export function Assign({ view, staff }: { readonly view: CaseView; readonly staff: readonly Staff[] }) {
  const t = useTranslations("register.assign");
  const queue = useTranslations("register.queue");
  const ui = useTranslations("ui");
  const now = <p>{t.rich("is", { who: () => (view.assignee ? <bdi key="who">{view.assignee}</bdi> : queue("nobody")) })}</p>;
  if (view.barred) return now;
  return (
    <>
      {now}
      <Form action={assign} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
        <input type="hidden" name="reference" value={view.reference} />
        <div className={styles.row}>
          <label htmlFor="assign-to">{t("give")}</label>
          <select id="assign-to" name="to" defaultValue={staff.find(({ mxid }) => mxid === view.assignee)?.personId ?? "me"} className={styles.select}>
            <option value="me">{t("mine")}</option>
            {staff.map(({ personId, mxid }) => (
              <option key={personId} value={personId}>
                {mxid}
              </option>
            ))}
            <option value="nobody">{queue("nobody")}</option>
          </select>
          <SubmitButton variant="secondary" pending={t("saving")}>
            {t("save")}
          </SubmitButton>
        </div>
      </Form>
    </>
  );
}
