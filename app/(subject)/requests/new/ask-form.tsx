import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { ButtonRow } from "#app/_ui/button.tsx";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Field } from "#app/_ui/field.tsx";
import { FieldRow } from "#app/_ui/field-row.tsx";
import { Form } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { kindById } from "#lib/kinds/all.ts";
import { kindsByDefault, kindsOnApproval, type KindCounts, type KindId } from "#lib/kinds/kind.ts";
import { ask } from "./actions.ts";

interface Props {
  readonly preview: { readonly counts: KindCounts | null; readonly hasMail: boolean };
  readonly today: string;
}

/** The questions of a copy: contents, dates, files; then all answers once more before they are sent. */
export function AskForm({ preview: { counts, hasMail }, today }: Props) {
  const t = useTranslations("requests.new");
  const check = useTranslations("requests.check");
  const kinds = useTranslations("kinds");
  const ui = useTranslations("ui");
  const format = useFormatter();
  const amount = (id: KindId) => {
    const count = counts?.[id];
    if (!count) return undefined;
    // Files weigh where they are chosen, not in the list of kinds.
    if (id === "media" || count.bytes === 0) return t("rows", { rows: count.rows });
    return t("rowsSize", { rows: count.rows, size: bytesInWords(format, count.bytes) });
  };
  const actions = (
    <>
      <p>{check(hasMail ? "afterMail" : "after")}</p>
      <ButtonRow>
        <SubmitButton name="step" value="send" pending={check("sending")}>
          {check("send")}
        </SubmitButton>
        <SubmitButton name="step" value="edit" variant="secondary">
          {check("edit")}
        </SubmitButton>
      </ButtonRow>
    </>
  );
  return (
    <Form
      action={ask}
      words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}
      review={{ title: check("title"), actions }}
    >
      <ChoiceGroup
        type="checkbox"
        name="kinds"
        legend={t("kinds")}
        hint={t("kindsHint")}
        chosen={kindsByDefault}
        choices={kindsByDefault.map((id) => ({ value: id, group: kinds(`groups.${kindById(id).group}`), label: kinds(`${id}.title`), hint: kinds(`${id}.what`), aside: amount(id) }))}
      />
      <FieldRow legend={t("range")} hint={t("rangeHint")}>
        <Field type="date" name="from" label={t("from")} max={today} />
        <Field type="date" name="to" label={t("to")} />
      </FieldRow>
      <ChoiceGroup
        type="radio"
        name="mediaFiles"
        legend={t("media")}
        hint={t("mediaHint")}
        chosen={["yes"]}
        choices={[
          { value: "yes", label: t("mediaYes"), hint: counts?.media ? t("mediaYesHint", { size: bytesInWords(format, counts.media.bytes) }) : undefined },
          { value: "no", label: t("mediaNo"), hint: t("mediaNoHint") },
        ]}
      />
      <ChoiceGroup
        type="checkbox"
        name="onApproval"
        legend={t("onApproval.title")}
        hint={t("onApproval.hint")}
        choices={kindsOnApproval.map((id) => ({ value: id, label: kinds(`${id}.title`), hint: t(`onApproval.${id}` as "onApproval.backfilled_own") }))}
      />
      <SubmitButton name="step" value="check" pending={t("pending")}>
        {t("next")}
      </SubmitButton>
    </Form>
  );
}
