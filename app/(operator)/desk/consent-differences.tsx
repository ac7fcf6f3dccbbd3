import { useTranslations } from "next-intl";
import Link from "next/link";
import { Notice } from "#app/_ui/notice.tsx";

/** The alarm above the queue: ledger and homeserver say different things about somebody's consent. */
export function ConsentDifferences({ total, problem }: { readonly total: number; readonly problem: string | null }) {
  const t = useTranslations("consent.desk");
  if (problem !== null) {
    return (
      <Notice tone="danger" title={t("broken")}>
        <p>{problem}</p>
      </Notice>
    );
  }
  if (total === 0) return null;
  return (
    <Notice tone="warning" title={t("notice", { count: total })}>
      <Link href="/desk/consents" prefetch={false}>
        {t("look")}
      </Link>
    </Notice>
  );
}
