import { useTranslations } from "next-intl";
import { Badge, type BadgeIcon, type Tone } from "#app/_ui/badge.tsx";
import { When } from "#app/_ui/when.tsx";
import type { StepView } from "#lib/erasure/list-steps.ts";
import { countOf } from "./step-counts.ts";
import styles from "./step-list.module.css";

const looks: Readonly<Record<StepView["state"] | "waits", readonly [BadgeIcon, Tone]>> = {
  waiting: ["clock", "neutral"],
  intended: ["work", "accent"],
  waits: ["clock", "accent"],
  done: ["check", "success"],
  failed: ["alert", "danger"],
  overridden: ["undo", "warning"],
};

/** Every step of an erasure in its order, with where it stands. `detail`: the failure in words too, for the desk. */
export function StepList({ steps, detail = false }: { readonly steps: readonly StepView[]; readonly detail?: boolean }) {
  const t = useTranslations("erasure.steps");
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <li key={step.name} className={styles.step} aria-current={step.state === "intended" ? "step" : undefined}>
          <span className={step.state === "waiting" ? styles.ahead : styles.name}>{t(step.name)}</span>
          <StepBadge step={step} />
          <Below step={step} detail={detail} />
        </li>
      ))}
    </ol>
  );
}

function StepBadge({ step }: { readonly step: StepView }) {
  const t = useTranslations("erasure.steps.state");
  const state = step.state === "intended" && step.wakeAt ? "waits" : step.state;
  const [icon, tone] = looks[state];
  return (
    <Badge icon={icon} tone={tone}>
      {t(state)}
    </Badge>
  );
}

function Below({ step, detail }: { readonly step: StepView; readonly detail: boolean }) {
  const t = useTranslations("erasure.steps");
  const failures = useTranslations("failures");
  const { state, begunAt, doneAt, wakeAt, failure, overrideReason } = step;
  const at = doneAt ?? begunAt;
  const counted = countOf(step);
  return (
    <span className={styles.below}>
      {at ? <When at={at} /> : null}
      {counted ? <span>{t(`counts.${counted.key}`, { count: counted.count })}</span> : null}
      {wakeAt && state === "intended" ? <span>{t.rich("wakes", { time: () => <When key="t" at={wakeAt} /> })}</span> : null}
      {detail && failure && failures.has(failure) ? <span>{failures(failure)}</span> : null}
      {overrideReason ? <span dir="auto">{t("overridden", { reason: overrideReason })}</span> : null}
    </span>
  );
}
