import { useTranslations } from "next-intl";
import { kinds } from "#lib/kinds/all.ts";
import { kindGroups } from "#lib/kinds/kind.ts";
import styles from "../public.module.css";
import { KindEntry } from "./kind-entry.tsx";

/** Every kind, group by group, with a list to jump from: the page is long. */
export function KindGroups() {
  const words = useTranslations("kinds");
  const t = useTranslations("public.rights");
  const groups = kindGroups.map((group) => ({ group, members: kinds.filter((kind) => kind.group === group) }));
  return (
    <>
      <nav aria-label={t("jump")} className={styles.jump}>
        <ul>
          {groups.map(({ group }) => (
            <li key={group}>
              <a href={`#group-${group}`}>{words(`groups.${group}`)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(({ group, members }) => (
        <section key={group} aria-labelledby={`group-${group}`} className={styles.group}>
          <h3 id={`group-${group}`}>{words(`groups.${group}`)}</h3>
          <div className={styles.kinds}>
            {members.map((kind) => (
              <KindEntry key={kind.id} kind={kind} />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
