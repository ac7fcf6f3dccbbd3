import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ButtonLink } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Page } from "#app/_ui/page.tsx";
import { asOperator } from "#app/_server/guard.ts";
import { DomainError } from "#lib/errors.ts";
import { previewBulk } from "#lib/requests/bulk.ts";
import { denialReasonsFor } from "#lib/requests/denial-reasons.ts";
import { listStaff } from "#lib/requests/list-staff.ts";
import styles from "../desk.module.css";
import { BulkForm } from "./bulk-form.tsx";
import { Cases } from "./cases.tsx";
import { bulkAct } from "./read-act.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("register.bulk");
  return { title: t("page") };
}

/** One act on several cases: what it will do to each, then the act, then what became of each. */
export default async function BulkPage({ searchParams }: PageProps<"/desk/bulk">) {
  const ctx = await asOperator();
  const query = await searchParams;
  const act = bulkAct(query["act"]);
  if (!act) redirect("/desk");
  const t = await getTranslations("register.bulk");
  const errors = await getTranslations("errors");
  const asked = await previewBulk(ctx, act, [query["reference"] ?? []].flat()).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "invalid") return error.reason;
    throw error;
  });
  const back = (
    <Link href="/desk" prefetch={false}>
      {t("back")}
    </Link>
  );
  if (typeof asked === "string") {
    return (
      <div className={styles.desk}>
        <Page wide title={t(`title.${act}`)} eyebrow={back}>
          <EmptyState title={t("nothing")} action={<ButtonLink href="/desk">{t("choose")}</ButtonLink>}>
            {errors(asked)}
          </EmptyState>
        </Page>
      </div>
    );
  }
  const going = asked.filter(({ left }) => left === null);
  const kinds = new Set(going.map(({ kind }) => kind));
  const reasons = denialReasonsFor("export").filter(({ code }) => !kinds.has("erasure") || denialReasonsFor("erasure").some((other) => other.code === code));
  return (
    <div className={styles.desk}>
      <Page wide title={t(`title.${act}`)} lead={t("lead", { going: going.length, left: asked.length - going.length })} eyebrow={back}>
        <Cases cases={asked} act={act} />
        {going.length > 0 ? (
          <BulkForm act={act} references={going.map(({ reference }) => reference)} reasons={reasons.map(({ code }) => code)} staff={act === "assign" ? await listStaff(ctx) : []} />
        ) : null}
      </Page>
    </div>
  );
}
