import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { When } from "#app/_ui/when.tsx";
import { Risks } from "#app/_request/risks.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { approve } from "../actions.ts";

/** Agreeing to an erasure, alone or as one of two; or where it stands, and why nothing can be done. */
export function ErasureDecision({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.erasure.decide");
  const { state, erasure, second, can } = view;
  const held = Boolean(erasure?.hold) && !view.closedAt;
  return (
    <>
      {second !== null && state === "review" ? <Risks risks={erasure?.risks ?? []} title={t("riskTitle")} about={t(`second.${second}`)} /> : null}
      {can.approve ? <Agree view={view} /> : <Standing view={view} held={held} />}
    </>
  );
}

function Agree({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.erasure.decide");
  const decide = useTranslations("desk.decide");
  const ui = useTranslations("ui");
  const first = view.second === "needed";
  return (
    <Form action={approve} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
      <input type="hidden" name="reference" value={view.reference} />
      <p>{t(first ? "agreeAbout" : "approveAbout")}</p>
      <ButtonRow>
        <SubmitButton pending={decide("approving")}>{t(first ? "agree" : "approve")}</SubmitButton>
        {view.can.deny ? (
          <ButtonLink href={`/desk/${view.reference}/deny`} variant="secondary">
            {decide("denyLink")}
          </ButtonLink>
        ) : null}
      </ButtonRow>
    </Form>
  );
}

function Standing({ view, held }: { readonly view: CaseView; readonly held: boolean }) {
  const t = useTranslations("desk.erasure.decide");
  const { state, second, erasure } = view;
  if (held) return null;
  if (state === "review" && second === "was_you") return <Notice title={t("wasYou.title")} children={<p>{t("wasYou.about")}</p>} />;
  const key = state === "unconfirmed" || state === "grace" || state === "running" || state === "fulfilled" ? state : view.closedAt ? "closed" : null;
  if (!key) return null;
  const at = erasure?.notBefore;
  return <Notice title={t(`${key}.title`)} children={<p>{t.rich(`${key}.about`, { time: () => (at ? <When key="t" at={at} /> : null) })}</p>} />;
}
