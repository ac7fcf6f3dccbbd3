import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { Table } from "#app/_ui/table.tsx";
import { found } from "#app/_request/found.ts";
import { smallest, viewPublicNumbers } from "#lib/reports/public-numbers.ts";
import { publicContext } from "#lib/runtime/web.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reports.public");
  return { title: t("title") };
}

/** For everybody, where the controller has switched it on: whole years, small numbers hidden. */
export default async function StatisticsPage() {
  const ctx = await publicContext();
  const years = await found(viewPublicNumbers(ctx));
  const t = await getTranslations("reports");
  const hidden = (value: number | null) => value ?? t("public.hidden", { smallest });
  const columns = [{ key: "kind", label: t("byKind.kind") }, ...(["received", "answered", "denied"] as const).map((key) => ({ key, label: t(`byKind.${key}`), numeric: true })), { key: "median", label: t("public.median"), numeric: true }];
  return (
    <Page title={t("public.title")} lead={t("public.lead", { controller: ctx.policy.controller.name, server: ctx.policy.serverName })}>
      {years.length === 0 ? <EmptyState title={t("public.none.title")}>{t("public.none.about")}</EmptyState> : null}
      {years.map(({ year, byKind }) => (
        <Section key={year} id={`year-${year}`} title={t("public.year", { year })}>
          <Table
            caption={t("public.year", { year })}
            captioned={false}
            columns={columns}
            rows={byKind.map(({ kind, received, answered, denied, median }) => ({ key: kind, cells: [t(`kind.${kind}`), hidden(received), hidden(answered), hidden(denied), median === null ? "–" : t("days", { count: median })] }))}
          />
        </Section>
      ))}
      <Prose>
        <p>{t("public.small", { smallest })}</p>
      </Prose>
    </Page>
  );
}
