import { CircleCheck, CircleMinus, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import styles from "./contents.module.css";

/** What a copy holds and what not, in plain words; the package says the same with numbers. */
export function Contents() {
  const t = useTranslations("requests.new");
  const list = (part: "in" | "out", keys: readonly string[], Icon: LucideIcon) => (
    <Section id={part} title={t(`${part}.title`)}>
      <ul className={styles.list}>
        {keys.map((key) => (
          <li key={key}>
            <Icon aria-hidden size={20} className={styles[part]} />
            <span>{t(`${part}.${key}` as "in.own")}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
  return (
    <div className={styles.pair}>
      {list("in", ["own", "redacted", "encrypted", "forms"], CircleCheck)}
      {list("out", ["others", "secrets", "backfilled", "elsewhere"], CircleMinus)}
    </div>
  );
}
