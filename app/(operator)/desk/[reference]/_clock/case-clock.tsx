import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { When } from "#app/_ui/when.tsx";
import { DueWhy } from "#app/_request/due-why.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { DueBar } from "../../due-bar.tsx";
import styles from "../../desk.module.css";

/** The legal clock of a case: the date, how it comes about, and what can move it, or why it cannot be moved. */
export function CaseClock({ view }: { readonly view: CaseView }) {
  const t = useTranslations("clock");
  const errors = useTranslations("errors");
  const { extension, can, reference, extensionBarred } = view;
  return (
    <>
      <DueBar row={view} />
      <p>
        <DueWhy explanation={view.explanation} />
      </p>
      {extension ? (
        <div>
          <p>{t.rich("desk.extended", { date: () => <When key="d" at={extension.at} />, reason: t(`extension.${extension.reason as "number"}`) })}</p>
          <p className={styles.words} dir="auto">
            {extension.text}
          </p>
        </div>
      ) : null}
      {extensionBarred && !extension ? <p>{errors(extensionBarred)}</p> : null}
      {can.ask || can.extend ? (
        <ButtonRow>
          {can.ask ? (
            <ButtonLink href={`/desk/${reference}/ask`} variant="secondary">
              {t("ask.link")}
            </ButtonLink>
          ) : null}
          {can.extend ? (
            <ButtonLink href={`/desk/${reference}/extend`} variant="secondary">
              {t("extend.link")}
            </ButtonLink>
          ) : null}
        </ButtonRow>
      ) : null}
    </>
  );
}
