import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { Table } from "#app/_ui/table.tsx";

/** The numbers of a picture, for those who want them exactly. */
export function Numbers(props: ComponentProps<typeof Table>) {
  const t = useTranslations("reports");
  return (
    <details>
      <summary>{t("numbers")}</summary>
      <Table {...props} />
    </details>
  );
}
