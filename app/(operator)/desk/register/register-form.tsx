import { useTranslations } from "next-intl";
import { Button } from "#app/_ui/button.tsx";
import styles from "./register.module.css";

/** A plain form: its answer is a file, and the page stays. `names`: may ask for Matrix IDs. */
export function RegisterForm({ names }: { readonly names: boolean }) {
  const t = useTranslations("register.register.csv");
  return (
    <form method="post" action="/desk/register/file" className={styles.form}>
      <div className={styles.field}>
        <label htmlFor="from">{t("from")}</label>
        <input id="from" name="from" type="date" className={styles.box} />
      </div>
      <div className={styles.field}>
        <label htmlFor="to">{t("to")}</label>
        <input id="to" name="to" type="date" className={styles.box} />
      </div>
      {names ? (
        <div className={styles.check}>
          <input id="names" name="names" type="checkbox" aria-describedby="names-hint" />
          <label htmlFor="names">{t("names")}</label>
          <p id="names-hint">{t("namesHint")}</p>
        </div>
      ) : null}
      <Button type="submit">{t("get")}</Button>
    </form>
  );
}
