import { el } from "../dom.ts";
import type { RowContext } from "../scene.ts";
import type { Ref } from "../copy.ts";
import { row } from "./row.ts";

const most = 5000;

/** Paper has no scroll bar: all rows are made, printed, and taken away again. Answers why not, where they are too many. */
export async function printRows(beside: HTMLElement, context: RowContext, newDay: (at: number | null, before: Ref | undefined) => string | null): Promise<string | null> {
  const { found, scene: { t, copy, moments } } = context;
  if (found.refs.length > most) return t("print.tooMany", { count: moments.number(found.refs.length), most: moments.number(most) });
  const sheet = el("div", { class: "sheet" });
  for (const [at, ref] of found.refs.entries()) {
    await copy.wait(ref);
    const event = copy.event(ref);
    for (const edit of event ? (found.edits.get(event.id) ?? []) : []) await copy.wait(edit);
    if (event) sheet.append(row(ref, event, newDay(event.at, found.refs[at - 1]), context));
  }
  beside.append(sheet);
  await Promise.all([...sheet.querySelectorAll("img")].map((image) => image.decode().catch(() => undefined)));
  globalThis.print();
  sheet.remove();
  return null;
}
