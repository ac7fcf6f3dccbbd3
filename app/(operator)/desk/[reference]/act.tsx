import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { Form } from "#app/_ui/form.tsx";
import type { FormAction } from "#app/_ui/form-state.ts";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";

/** One step forward, and the way to a refusal beside it. */
export function Act(props: {
  readonly view: CaseView;
  readonly action: FormAction;
  readonly label: string;
  readonly pending: string;
  readonly children: ReactNode;
}) {
  const t = useTranslations("desk.decide");
  const ui = useTranslations("ui");
  const { view } = props;
  return (
    <Form action={props.action} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
      <input type="hidden" name="reference" value={view.reference} />
      {props.children}
      <ButtonRow>
        <SubmitButton pending={props.pending}>{props.label}</SubmitButton>
        {view.can.deny ? (
          <ButtonLink href={`/desk/${view.reference}/deny`} variant="secondary">
            {t("denyLink")}
          </ButtonLink>
        ) : null}
      </ButtonRow>
    </Form>
  );
}
