import { useTranslations } from "next-intl";
import { Notice } from "#app/_ui/notice.tsx";
import { When } from "#app/_ui/when.tsx";
import type { UnmappedView } from "#lib/kinds/list-unmapped.ts";
import styles from "./desk.module.css";

/** The alarm above the queue: Synapse keeps something nobody has classified, and every copy is incomplete by it. */
export function Unmapped({ found }: { readonly found: readonly UnmappedView[] }) {
  const t = useTranslations("desk.unmapped");
  if (found.length === 0) return null;
  return (
    <Notice tone="danger" title={t("title", { count: found.length })}>
      <p>{t("text")}</p>
      <ul className={styles.unmapped}>
        {found.map(({ name, firstSeenAt }) => (
          <li key={name}>
            <code>{name}</code> <span>{t.rich("since", { when: () => <When at={firstSeenAt} /> })}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
