import { useTranslations } from "next-intl";
import { Button } from "#app/_ui/button.tsx";
import { Field } from "#app/_ui/field.tsx";
import { Form } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import type { SavedViewRow } from "#lib/requests/saved-views.ts";
import { keepList, removeList } from "./actions.ts";
import { Choice } from "./choice.tsx";
import { queueHref } from "./queue-href.ts";
import type { DeskQueue } from "./read-queue.ts";
import styles from "./filters.module.css";

/** Lists everybody needs, lists somebody named, and the way to name this one. */
export function Lists({ queue: { filter, urgent }, views }: { readonly queue: DeskQueue; readonly views: readonly SavedViewRow[] }) {
  const t = useTranslations("register.queue");
  const ui = useTranslations("ui");
  const built = [
    ["late", { urgency: "late" as const }, urgent.late],
    ["soon", { urgency: "soon" as const }, urgent.soon],
    ["mine", { who: "me" }, urgent.mine],
    ["nobodys", { who: "nobody" }, urgent.nobodys],
  ] as const;
  const on = (change: Partial<typeof filter>) => Object.entries(change).every(([name, value]) => filter[name as keyof typeof filter] === value);
  const off = { urgency: null, who: null } as const;
  const query = queueHref({ ...filter, q: "", page: 1 }).split("?")[1] ?? "";
  return (
    <>
      <nav aria-label={t("lists")} className={styles.row}>
        {built.map(([name, change, count]) => (
          <Choice key={name} href={queueHref(filter, on(change) ? off : { ...off, ...change })} on={on(change)} count={count}>
            {t(name)}
          </Choice>
        ))}
        {(["held", "frozen", "paused"] as const).map((flag) => (
          <Choice key={flag} href={queueHref(filter, { flag: filter.flag === flag ? null : flag })} on={filter.flag === flag}>
            {t(flag)}
          </Choice>
        ))}
      </nav>
      <nav aria-label={t("saved")} className={styles.row}>
        {views.map(({ id, name, query: kept }) => (
          <span key={id} className={styles.kept}>
            <Choice href={kept ? `/desk?${kept}` : "/desk"} on={kept === query}>
              {name}
            </Choice>
            <form action={removeList}>
              <input type="hidden" name="id" value={id} />
              <Button type="submit" variant="quiet" aria-label={t("drop", { name })}>
                ×
              </Button>
            </form>
          </span>
        ))}
        <details className={styles.keep}>
          <summary>{t("save")}</summary>
          <Form action={keepList} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
            <input type="hidden" name="query" value={query} />
            <Field name="name" label={t("saveName")} hint={t("saveHint")} size="short" maxLength={60} autoComplete="off" />
            <SubmitButton variant="secondary" pending={t("saving")}>
              {t("save")}
            </SubmitButton>
          </Form>
        </details>
      </nav>
    </>
  );
}
