import { useTranslations } from "next-intl";
import { ButtonRow } from "#app/_ui/button.tsx";
import { Prose, Section } from "#app/_ui/page.tsx";
import { PrintButton } from "#app/_request/print-button.tsx";
import { Risks } from "#app/_request/risks.tsx";
import type { ErasurePreview } from "#lib/erasure/preview-erasure.ts";
import type { Plan } from "#lib/erasure/plan.ts";
import type { PlanView } from "#lib/erasure/view-plan.ts";
import { erasurePath } from "./answers.ts";
import { CopyFirst } from "./copy-first.tsx";
import { Copies } from "./copies.tsx";
import { HandOver } from "./hand-over.tsx";
import { Numbers } from "./numbers.tsx";
import { RoomList } from "./room-list.tsx";
import styles from "./plan.module.css";

type Made = PlanView & { readonly madeAt: Date; readonly plan: Plan };

/** The plan in words, in the order a person asks: how much, what of it goes, what stays, who else has it, is there a way back. */
export function PlanParts({ view: { id, madeAt, hash, plan }, copy }: { readonly view: Made; readonly copy: ErasurePreview["copy"] }) {
  const t = useTranslations("erasure.plan");
  const stays = useTranslations("erasure.stays");
  const me = () => <bdi key="id">{plan.mxid}</bdi>;
  return (
    <>
      <CopyFirst copy={copy} />
      <p className={styles.straight}>
        <a href="#decide">{t("straight")}</a>
      </p>
      <Numbers plan={plan} madeAt={madeAt} />
      <RoomList rooms={plan.rooms} />
      <HandOver rooms={plan.lastAdminOf} />
      <Section id="goes" title={t("goes.title")}>
        <Prose>
          <ul>
            {(["account", "rooms", "media", "addresses", "hidden"] as const).map((key) => (
              <li key={key}>{t.rich(`goes.${key}`, { id: me })}</li>
            ))}
          </ul>
        </Prose>
      </Section>
      <Section id="stays" title={t("stays.title")}>
        <ul className={styles.stays}>
          {plan.stays.map(({ code, law }) => (
            <li key={code}>
              {stays(code as "proof")} <span className={styles.law}>{law}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Copies copies={plan.copies} />
      <Section id="never" title={t("never.title")}>
        <Prose>
          <ul>
            <li>{t("never.account")}</li>
            <li>{t("never.encrypted")}</li>
            <li>{t("never.screenshots")}</li>
            {plan.tooOldToRedact ? <li>{t("never.tooOld", { count: plan.tooOldToRedact })}</li> : null}
          </ul>
        </Prose>
      </Section>
      <Risks risks={plan.risks} title={t("second.title")} about={t("second.about")} />
      <Section id="file" title={t("file.title")}>
        <Prose>
          <p>{t("file.about")}</p>
          <p>
            {t("file.hash")}: <code>{hash}</code>
          </p>
        </Prose>
        <ButtonRow>
          <a href={erasurePath("/plan", id)} download>
            {t("file.download")}
          </a>
          <PrintButton>{t("file.print")}</PrintButton>
        </ButtonRow>
      </Section>
    </>
  );
}
