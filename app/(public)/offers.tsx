import Link from "next/link";
import { getTranslations } from "next-intl/server";
import styles from "./public.module.css";

/** What a person can do here, and how long each takes. */
export async function Offers({ days }: { readonly days: number }) {
  const t = await getTranslations("public.home.offers");
  return (
    <ul className={styles.offers}>
      {(["copy", "erase", "held"] as const).map((name) => (
        <li key={name} className={styles.offer}>
          <h2>{name === "held" ? <Link href="/rights" prefetch={false}>{t("held.title")}</Link> : t(`${name}.title`)}</h2>
          <p>{t(`${name}.about`)}</p>
          <p className={styles.time}>{t(`${name}.time`, { days })}</p>
        </li>
      ))}
    </ul>
  );
}
