import { useTranslations } from "next-intl";
import { Prose, Section } from "#app/_ui/page.tsx";
import { When } from "#app/_ui/when.tsx";
import type { ErasureView } from "#lib/requests/view-erasure.ts";
import { Remedies, type Refused } from "../remedies.tsx";
import styles from "./erasure.module.css";

/** A legal hold is a refusal for now: why, since when, what follows, and what one can do against it (Art. 12(4), 17(3)). */
export function Hold({ hold, ...request }: Refused & { readonly hold: NonNullable<ErasureView["hold"]> }) {
  const t = useTranslations("erasure.hold");
  const reasons = useTranslations("reasons");
  return (
    <Section id="hold" title={t("title")}>
      <Prose>
        <p>{t.rich("since", { time: () => <When key="t" at={hold.at} /> })}</p>
        <p>{reasons(hold.reason)}</p>
        {hold.text ? (
          <blockquote className={styles.quote} dir="auto">
            {hold.text}
          </blockquote>
        ) : null}
        <p>{t("after")}</p>
        <Remedies {...request} />
      </Prose>
    </Section>
  );
}
