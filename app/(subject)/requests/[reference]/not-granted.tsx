import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { Prose, Section } from "#app/_ui/page.tsx";
import type { Wish } from "#lib/requests/wishes.ts";
import styles from "./denial.module.css";
import { Remedies, type Refused } from "./remedies.tsx";

/** The part of a request that was refused while the rest was granted. */
export function NotGranted({ wishes, ...request }: Refused & { readonly wishes: readonly Wish[] }) {
  const t = useTranslations("requests.notGranted");
  const kinds = useTranslations("kinds");
  const reasons = useTranslations("reasons");
  const refused = wishes.filter(({ ruling }) => ruling === "refused");
  if (refused.length === 0) return null;
  return (
    <Section id="not-granted" title={t("title")}>
      <Prose>
        {refused.map(({ kind, reason, code }) => (
          <Fragment key={kind}>
            <p>{t("about", { name: kinds(`${kind}.title`) })}</p>
            {code && reasons.has(code) ? <p>{reasons(code)}</p> : null}
            <blockquote className={styles.words} dir="auto">
              {reason}
            </blockquote>
          </Fragment>
        ))}
        <Remedies {...request} />
      </Prose>
    </Section>
  );
}
