import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { releaseReasons } from "#lib/requests/release-reasons.ts";
import { approve, release, retry } from "./actions.ts";
import { Rulings } from "./rulings.tsx";

/** What the operator can do now, or why nothing: never a dead button. */
export function Decision({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.decide");
  if (view.barred) return <Notice tone="warning" title={t("own.title")} children={<p>{t("own.about")}</p>} />;
  if (view.frozen) return <Release view={view} />;
  if (view.state === "failed") return <Failed view={view} />;
  if (view.can.approve) {
    return (
      <Act view={view} action={approve} label={t("approve")} pending={t("approving")}>
        <p>{t("approveAbout")}</p>
        <Rulings view={view} />
      </Act>
    );
  }
  const word = view.closedAt ? "closed" : view.state === "unconfirmed" || view.state === "running" || view.state === "ready" ? view.state : "closed";
  return <Notice title={t(`${word}.title`)} children={<p>{t(`${word}.about`)}</p>} />;
}

/** One step forward, and the way to a refusal beside it. */
function Act(props: {
  readonly view: CaseView;
  readonly action: typeof approve;
  readonly label: string;
  readonly pending: string;
  readonly children: React.ReactNode;
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

function Failed({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.decide.failed");
  const failures = useTranslations("failures");
  const failure = view.failure && failures.has(view.failure) ? failures(view.failure) : null;
  return (
    <>
      <Notice tone="danger" title={t("title")} children={failure ? <p>{failure}</p> : null} />
      <Act view={view} action={retry} label={t("retry")} pending={t("retrying")}>
        <p>{t("about")}</p>
      </Act>
    </>
  );
}

function Release({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.decide.frozen");
  const reasons = useTranslations("reasons.released");
  return (
    <>
      <Notice tone="danger" title={t("title")} children={<p>{t("about")}</p>} />
      {view.can.release ? (
        <Act view={view} action={release} label={t("release")} pending={t("releasing")}>
          <ChoiceGroup type="radio" name="reason" legend={t("reason")} choices={releaseReasons.map((value) => ({ value, label: reasons(value) }))} />
        </Act>
      ) : null}
    </>
  );
}
