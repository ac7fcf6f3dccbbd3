import { useTranslations } from "next-intl";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { releaseReasons } from "#lib/requests/release-reasons.ts";
import { Act } from "./act.tsx";
import { release } from "./actions.ts";

/** Frozen by "this was not me": only a conversation with the person releases it. */
export function Release({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.decide.frozen");
  const reasons = useTranslations("reasons.released");
  return (
    <>
      <Notice tone="danger" title={t("title")} children={<p>{t(view.kind === "erasure" ? "aboutErasure" : "about")}</p>} />
      {view.can.release ? (
        <Act view={view} action={release} label={t("release")} pending={t("releasing")}>
          <ChoiceGroup type="radio" name="reason" legend={t("reason")} choices={releaseReasons.map((value) => ({ value, label: reasons(value) }))} />
        </Act>
      ) : null}
    </>
  );
}
