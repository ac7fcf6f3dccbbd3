import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { Button } from "#app/_ui/button.tsx";
import { Section } from "#app/_ui/page.tsx";
import { When } from "#app/_ui/when.tsx";
import { Problem } from "#app/_request/problem.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import styles from "./casework.module.css";

/** Files of the case. They are saved, never shown: each button is a form of its own, and opening one is a look. */
export function Files({ view, query }: { readonly view: CaseView; readonly query: Parameters<typeof Problem>[0]["query"] }) {
  const t = useTranslations("intake.desk.files");
  const format = useFormatter();
  const { files } = view.casework;
  const path = `/desk/${view.reference}/files`;
  return (
    <Section id="files" title={t("title")}>
      <Problem query={query} />
      <p>{t("about")}</p>
      {files.length === 0 ? <p>{t("none")}</p> : null}
      <ul className={styles.list}>
        {files.map(({ id, at, by, name, bytes }) => (
          <li key={id}>
            <form method="post" action={`${path}/${id}`}>
              <Button type="submit" variant="secondary">
                <bdi>{t("open", { name })}</bdi>
              </Button>
            </form>
            <p className={styles.small}>{t.rich("by", { size: bytesInWords(format, bytes), who: () => <bdi key="w">{by}</bdi>, when: () => <When key="t" at={at} /> })}</p>
          </li>
        ))}
      </ul>
      {view.barred ? null : (
        <form method="post" action={path} encType="multipart/form-data" className={styles.add}>
          <label htmlFor="case-file">{t("file")}</label>
          <input id="case-file" type="file" name="file" />
          <Button type="submit" variant="secondary">
            {t("add")}
          </Button>
        </form>
      )}
    </Section>
  );
}
