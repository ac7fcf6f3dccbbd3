import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#app/_ui/button.tsx";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Page } from "#app/_ui/page.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { today } from "#app/_request/today.ts";
import { listMyRequests } from "#lib/requests/views.ts";
import { RequestList } from "./request-list.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests.list");
  return { title: t("title") };
}

export default async function RequestsPage() {
  const ctx = await asSubject();
  const t = await getTranslations("requests.list");
  const requests = await listMyRequests(ctx);
  const mayAsk = !requests.some((request) => request.kind === "export" && request.closedAt === null);
  if (requests.length === 0) {
    return (
      <Page title={t("title")}>
        <EmptyState title={t("empty.title")} action={<ButtonLink href="/requests/new">{t("empty.action")}</ButtonLink>}>
          {t("empty.about")}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title={t("title")} lead={t("lead")}>
      <RequestList requests={requests} today={today(ctx)} />
      {mayAsk ? (
        <div>
          <ButtonLink href="/requests/new">{t("new")}</ButtonLink>
        </div>
      ) : null}
    </Page>
  );
}
