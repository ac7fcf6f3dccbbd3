import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Form } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import type { BulkAct } from "#lib/requests/bulk.ts";
import type { Staff } from "#lib/requests/list-staff.ts";
import { actOnThem } from "./actions.ts";

/** What the act needs to know once for all of them, and the button. A refusal is read as a letter before it goes. */
export function BulkForm(props: { readonly act: BulkAct; readonly references: readonly string[]; readonly reasons: readonly string[]; readonly staff: readonly Staff[] }) {
  const { act, references, reasons, staff } = props;
  const t = useTranslations("register.bulk");
  const deny = useTranslations("desk.deny");
  const words = useTranslations("reasons");
  const ui = useTranslations("ui");
  const count = references.length;
  const outcome = { title: t("outcome"), actions: <ButtonLink href="/desk">{t("back")}</ButtonLink> };
  const review = {
    title: deny("previewTitle"),
    actions: (
      <ButtonRow>
        <SubmitButton name="step" value="edit" variant="secondary">
          {deny("edit")}
        </SubmitButton>
        <SubmitButton name="step" value="send" variant="danger" pending={deny("sending")}>
          {t("go.deny", { count })}
        </SubmitButton>
      </ButtonRow>
    ),
  };
  return (
    <Form action={actOnThem} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }} outcome={outcome} {...(act === "deny" ? { review } : {})}>
      <input type="hidden" name="act" value={act} />
      {references.map((reference) => (
        <input key={reference} type="hidden" name="reference" value={reference} />
      ))}
      {act === "deny" ? (
        <>
          <ChoiceGroup type="radio" name="reason" legend={deny("reason")} hint={deny("reasonHint")} choices={reasons.map((code) => ({ value: code, label: words(code) }))} />
          <TextArea name="text" label={deny("text")} hint={t("textHint")} rows={8} />
        </>
      ) : null}
      {act === "assign" ? (
        <ChoiceGroup
          type="radio"
          name="to"
          legend={t("to")}
          choices={[{ value: "me", label: t("toMe") }, ...staff.map(({ personId, mxid }) => ({ value: personId, label: <bdi dir="ltr">{mxid}</bdi> })), { value: "nobody", label: t("toNobody") }]}
        />
      ) : null}
      <SubmitButton name="step" value={act === "deny" ? "check" : "send"} pending={t("pending")}>
        {act === "deny" ? deny("next") : t(`go.${act}`, { count })}
      </SubmitButton>
    </Form>
  );
}
