import { useTranslations } from "next-intl";
import { Prose, Section } from "#app/_ui/page.tsx";
import { Table } from "#app/_ui/table.tsx";
import type { Policy } from "#lib/config/policy.ts";

/** Who has which role, as the configuration says it. */
export function Roles({ policy }: { readonly policy: Policy }) {
  const t = useTranslations("oversight.roles");
  const { operators, secondOperators, auditors, synapseAdmins } = policy;
  const people = { operator: operators, second: secondOperators, auditor: auditors };
  const columns = (["role", "may", "who"] as const).map((key) => ({ key, label: t(key) }));
  const rows = (["operator", "second", "auditor"] as const).map((role) => ({
    key: role,
    cells: [t(role), t(`${role}May`), people[role].length > 0 ? people[role].map((mxid) => <div key={mxid}><bdi dir="ltr">{mxid}</bdi></div>) : t("nobody")],
  }));
  return (
    <Section id="roles" title={t("title")}>
      <Table caption={t("caption")} captioned={false} columns={columns} rows={rows} />
      <Prose>
        <p>{t("admins", { role: synapseAdmins })}</p>
        <p>{t("own")}</p>
      </Prose>
    </Section>
  );
}
