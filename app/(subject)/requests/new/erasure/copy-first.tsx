import { useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import type { ErasurePreview } from "#lib/erasure/preview-erasure.ts";

/** A copy first: afterwards there is none. It says where a copy stands that was asked for already. */
export function CopyFirst({ copy }: { readonly copy: ErasurePreview["copy"] }) {
  const t = useTranslations("erasure.plan.copy");
  const state = !copy || (copy.state === "fulfilled" && !copy.fetched) ? "none" : copy.fetched ? "had" : copy.state === "ready" ? "ready" : "waiting";
  return (
    <Notice tone={state === "had" ? "success" : "warning"} title={t("title")}>
      <p>{t(state)}</p>
      {state === "waiting" || state === "ready" ? (
        <ButtonLink href={`/requests/${copy?.reference ?? ""}`} variant="secondary">
          {t("see")}
        </ButtonLink>
      ) : (
        <ButtonLink href="/requests/new" variant={state === "had" ? "secondary" : "primary"}>
          {t(state === "had" ? "again" : "action")}
        </ButtonLink>
      )}
    </Notice>
  );
}
