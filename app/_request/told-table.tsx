import { useTranslations } from "next-intl";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import type { NoticeView } from "#lib/erasure/list-steps.ts";

/** Who was told, and what each answered. */
export function ToldTable({ notices }: { readonly notices: readonly NoticeView[] }) {
  const t = useTranslations("erasure.told");
  return (
    <Table
      caption={t("title")}
      captioned={false}
      columns={[
        { key: "who", label: t("who") },
        { key: "answer", label: t("answer") },
        { key: "when", label: t("when") },
      ]}
      rows={notices.map(({ target, name, state, lastAt }) => ({
        key: `${target} ${name}`,
        cells: [
          <span key="who">
            {t(`target.${target}`)} <bdi>{name}</bdi>
          </span>,
          t(`state.${state}`),
          lastAt ? <When key="at" at={lastAt} day /> : "",
        ],
      }))}
    />
  );
}
