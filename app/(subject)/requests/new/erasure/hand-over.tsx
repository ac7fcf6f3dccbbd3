import { useTranslations } from "next-intl";
import { Prose, Section } from "#app/_ui/page.tsx";
import type { OrphanedRoom } from "#lib/erasure/plan.ts";
import { Names } from "./names.tsx";

/** Rooms that would be left without anybody who can manage them, and how to hand over. */
export function HandOver({ rooms }: { readonly rooms: readonly OrphanedRoom[] }) {
  const t = useTranslations("erasure.plan.admin");
  const numbers = useTranslations("erasure.plan.numbers");
  const others = rooms.filter(({ joined }) => joined > 0);
  const alone = rooms.length - others.length;
  if (rooms.length === 0) return null;
  return (
    <Section id="admin" title={t("title")}>
      <Prose>
        {others.length > 0 ? (
          <>
            <p>{t("about", { count: others.length })}</p>
            <Names column names={others.map(({ id, name, joined }) => ({ key: id, words: t("room", { name: name ?? numbers("unnamed"), joined }) }))} />
            <ol>
              <li>{t("step1")}</li>
              <li>{t("step2")}</li>
              <li>{t("step3")}</li>
            </ol>
          </>
        ) : null}
        {alone > 0 ? <p>{t("alone", { count: alone })}</p> : null}
      </Prose>
    </Section>
  );
}
