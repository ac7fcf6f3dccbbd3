import { useTranslations } from "next-intl";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Folded } from "#app/_ui/folded.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";

/** A copy in part: kinds that are left out of it, and why. Nothing is chosen beforehand; the person reads it in letter, page and package. */
export function LeaveOut({ view: { scope, wishes, reasons: known } }: { readonly view: Pick<CaseView, "scope" | "wishes" | "reasons"> }) {
  const t = useTranslations("intake.desk.leave");
  const kinds = useTranslations("kinds");
  const reasons = useTranslations("reasons");
  const choices = scope.kinds.filter((kind) => !wishes.some((wish) => wish.kind === kind)).map((kind) => ({ value: kind, label: kinds(`${kind}.title`) }));
  if (choices.length < 2) return null;
  return (
    <Folded summary={t("title")} fields={["leave", "leaveReason", "leaveText"]}>
      <ChoiceGroup type="checkbox" name="leave" legend={t("kinds")} hint={t("kindsHint")} choices={choices} />
      <ChoiceGroup type="radio" name="leaveReason" legend={t("reason")} choices={known.map(({ code }) => ({ value: code, label: reasons(code as "rights_of_others") }))} />
      <TextArea name="leaveText" label={t("text")} hint={t("textHint")} rows={4} maxLength={4000} />
    </Folded>
  );
}
