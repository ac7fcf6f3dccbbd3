import { useFormatter, useTranslations } from "next-intl";
import { Prose, Section } from "#app/_ui/page.tsx";
import { Table } from "#app/_ui/table.tsx";
import type { RetentionLine } from "#lib/requests/view-retention.ts";

/** How long everything is kept, and how much there is of it now. */
export function Retention({ lines }: { readonly lines: readonly RetentionLine[] }) {
  const t = useTranslations("oversight.kept");
  const format = useFormatter();
  const name = (model: RetentionLine["model"]) => t(`models.${model}`);
  const words = ({ rule }: RetentionLine) => {
    if (rule.is === "days") return t("days", { days: rule.days, since: rule.since });
    if (rule.is === "with") return t("with", { model: name(rule.model) });
    return rule.is === "while" ? t("while", { what: rule.what }) : t("good");
  };
  const columns = [{ key: "model", label: t("model") }, { key: "rule", label: t("rule") }, { key: "rows", label: t("rows"), numeric: true }];
  return (
    <Section id="kept" title={t("title")}>
      <Prose>
        <p>{t("lead")}</p>
      </Prose>
      <Table caption={t("title")} captioned={false} columns={columns} rows={lines.map((line) => ({ key: line.model, cells: [name(line.model), words(line), format.number(line.rows)] }))} />
    </Section>
  );
}
