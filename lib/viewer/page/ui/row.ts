import type { Ref } from "../copy.ts";
import { button, el } from "../dom.ts";
import type { ViewerEvent } from "../event.ts";
import { manyLines, oneLine } from "../plain.ts";
import type { RowContext } from "../scene.ts";
import { attachmentOf } from "../shown/attachment.ts";
import { describe } from "../shown/describe.ts";
import { textOf } from "../shown/text-of.ts";
import { attachment } from "./attachment.ts";
import { marked } from "./marked.ts";
import { stored } from "./stored.ts";

/** One event as an article. `day` is set where a new day begins. */
export function row(ref: Ref, event: ViewerEvent, day: string | null, context: RowContext): HTMLElement {
  const { scene, found, query } = context;
  const { t, moments, copy } = scene;
  const versions = (found.edits.get(event.id) ?? []).map((edit) => copy.event(edit)).filter((edit) => edit !== null);
  const latest = versions.at(-1) ?? event;
  const shown = describe(event, (id) => found.known.has(id), moments.moment);
  const file = event.redacted || event.locked ? null : attachmentOf(latest, (address) => copy.media(address));
  const said = latest === event ? shown.text : textOf(latest);
  // The name of a file is in its caption already.
  const text = file !== null && said === file.name ? null : said;
  const values = Object.fromEntries(Object.entries(shown.values ?? {}).map(([name, value]) => [name, oneLine(String(value))]));
  const label = shown.label === "show.empty" && file ? null : shown.label;
  const about = shown.about ? found.known.get(shown.about) : undefined;
  const what = el(
    "div", { class: "what" },
    context.everywhere ? where(ref, context) : null,
    label === null ? null : el("p", { class: "label" }, t(label, values)),
    text === null || text === "" ? null : el("p", { class: "said", dir: "auto" }, ...marked(manyLines(text), query)),
    file === null ? null : attachment(file, scene),
    event.decrypted ? el("p", { class: "note" }, t("locked.opened")) : null,
    versions.length > 0 ? earlier([event, ...versions.slice(0, -1)], context) : null,
    about === undefined ? null : button(t("show.jump"), () => scene.goTo(about), { class: "link" }),
    shown.stored ? stored(event.content, t("show.details")) : null,
  );
  const time = event.at === null ? el("span", { class: "time" }, t("unknownTime")) : el("time", { class: "time", datetime: new Date(event.at).toISOString() }, moments.time(event.at));
  const quiet = event.category !== "message" && !event.decrypted;
  return el(
    "article", { class: quiet ? "row quiet" : "row", tabindex: -1, "data-ref": ref },
    day === null ? null : el("h3", { class: "day" }, day),
    el("div", { class: "line" }, time, what),
  );
}

function where(ref: Ref, { scene }: RowContext): HTMLElement {
  return el("p", { class: "note" }, button(scene.t("search.inRoom", { room: scene.roomName(scene.copy.roomAt(ref)) }), () => scene.goTo(ref), { class: "link" }));
}

/** Says that the text is not the first one, and keeps the others at hand. */
function earlier(versions: readonly ViewerEvent[], { scene: { t, moments } }: RowContext): HTMLElement {
  const items = versions.map((version) =>
    el("li", {}, el("span", { class: "soft" }, `${version.at === null ? t("unknownTime") : moments.moment(version.at)} `), el("span", { class: "said", dir: "auto" }, manyLines(textOf(version) ?? ""))));
  return el("details", { class: "edits" }, el("summary", {}, el("span", { class: "note" }, `${t("show.edited")} · `), t("show.earlier", { count: versions.length })), el("ol", {}, ...items));
}

/** Stands for an event whose part is still on its way from the disk. */
export function waitingRow(words: string): HTMLElement {
  return el("article", { class: "row quiet", tabindex: -1 }, el("div", { class: "line" }, el("span", { class: "time" }, "…"), el("p", { class: "what" }, words)));
}
