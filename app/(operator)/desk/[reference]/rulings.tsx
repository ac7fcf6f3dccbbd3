import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";

/** Kinds on approval: each is granted or refused by name, with a reason, when the case is approved. Nothing is chosen beforehand. */
export function Rulings({ view: { wishes, counts } }: { readonly view: Pick<CaseView, "wishes" | "counts"> }) {
  const t = useTranslations("desk.decide.wish");
  const kinds = useTranslations("kinds");
  return wishes.map(({ kind }) => {
    const name = kinds(`${kind}.title`);
    const rows = counts?.[kind]?.rows;
    return (
      <Fragment key={kind}>
        <ChoiceGroup
          type="radio"
          name={`ruling-${kind}`}
          legend={t("legend", { name })}
          hint={
            <>
              {kinds(`${kind}.what`)} {rows === undefined ? t("uncounted") : t("rows", { rows })}
            </>
          }
          choices={[
            { value: "granted", label: t("grant") },
            { value: "refused", label: t("refuse") },
          ]}
        />
        <TextArea name={`reason-${kind}`} label={t("reason", { name })} hint={t("reasonHint")} rows={4} />
      </Fragment>
    );
  });
}
