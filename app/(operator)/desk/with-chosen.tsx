import { useTranslations } from "next-intl";
import { Button } from "#app/_ui/button.tsx";
import styles from "./queue.module.css";

/** What can be done with the ticked rows; the page that follows says what will happen before it does. */
export function WithChosen() {
  const t = useTranslations("register.queue");
  return (
    <div role="group" aria-label={t("chosen")} className={styles.chosen}>
      <span>{t("chosen")}</span>
      {(["approve", "deny", "assign"] as const).map((act) => (
        <Button key={act} type="submit" name="act" value={act} variant="secondary">
          {t(act)}
        </Button>
      ))}
    </div>
  );
}
