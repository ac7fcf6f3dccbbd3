import { useTranslations } from "next-intl";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { Act } from "./act.tsx";
import { approve, handOut, retry } from "./actions.ts";
import { Barred } from "./barred.tsx";
import { Release } from "./release.tsx";
import { LeaveOut } from "./_intake/leave-out.tsx";
import { Rulings } from "./rulings.tsx";

/** What the operator can do now, or why nothing: never a dead button. */
export function Decision({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.decide");
  if (view.barred) return <Barred by={view.barred} />;
  if (view.frozen) return <Release view={view} />;
  // Nothing is decided while the person is asked (_clock/open-question.tsx).
  if (view.enquiry && !view.closedAt) return null;
  if (view.state === "failed") return <Failed view={view} />;
  if (view.can.approve) {
    return (
      <Act view={view} action={approve} label={t("approve")} pending={t("approving")}>
        <p>{t("approveAbout")}</p>
        <Rulings view={view} />
        <LeaveOut view={view} />
        <ChoiceGroup type="checkbox" name="preview" legend={t("preview.legend")} choices={[{ value: "yes", label: t("preview.label"), hint: t("preview.hint") }]} />
      </Act>
    );
  }
  if (view.can.handOut) {
    return (
      <Act view={view} action={handOut} label={t("handOut")} pending={t("handingOut")}>
        <p>{t("handOutAbout")}</p>
      </Act>
    );
  }
  const word = view.closedAt ? "closed" : view.state === "unconfirmed" || view.state === "running" || view.state === "ready" ? view.state : "closed";
  return <Notice title={t(`${word}.title`)} children={<p>{t(`${word}.about`)}</p>} />;
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
