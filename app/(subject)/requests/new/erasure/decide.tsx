import { useTranslations } from "next-intl";
import { Button } from "#app/_ui/button.tsx";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Prose, Section } from "#app/_ui/page.tsx";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";
import { choices } from "./answers.ts";
import styles from "./plan.module.css";

/** The three choices. A plain GET form: nothing is sent or changed by it, and it needs no script. */
export function Decide({ plan, answers, days }: { readonly plan: string; readonly answers: ErasureOptions; readonly days: number }) {
  const t = useTranslations("erasure.plan.decide");
  const order = { redact: ["no", "yes"], suspend: ["yes", "no"], leaveNow: ["no", "yes"] } as const;
  const label = (name: (typeof choices)[number], value: "yes" | "no") => (value === "yes" ? (`${name}Yes` as const) : (`${name}No` as const));
  return (
    <Section id="decide" title={t("title")}>
      <Prose>
        <p>{t("about")}</p>
      </Prose>
      <form action="/requests/new/erasure/check" method="get" className={styles.decide}>
        <input type="hidden" name="plan" value={plan} />
        {choices.map((name) => (
          <ChoiceGroup
            key={name}
            type="radio"
            name={name}
            legend={t(name)}
            chosen={[answers[name] ? "yes" : "no"]}
            choices={order[name].map((value) => ({ value, label: t(label(name, value), { days }), hint: t(`${label(name, value)}Hint`, { days }) }))}
          />
        ))}
        <Button type="submit">{t("next")}</Button>
      </form>
    </Section>
  );
}
