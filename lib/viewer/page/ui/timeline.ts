import { lastAtMost, type Ref } from "../copy.ts";
import { button, el } from "../dom.ts";
import { folded, isFiltered, type Lens } from "../lens.ts";
import type { RowContext, Scene } from "../scene.ts";
import { type Found, scan, type Step } from "../scan.ts";
import { virtualList } from "../virtual-list.ts";
import { filterForm } from "./filter-form.ts";
import { printRows } from "./print-rows.ts";
import { roomHead } from "./room-head.ts";
import { row, waitingRow } from "./row.ts";

export interface Timeline {
  readonly element: HTMLElement;
  /** Ends what is still being read. */
  close(): void;
  /** Shows an event as soon as it has been read; null when the lens leaves it out. */
  jump(ref: Ref): void;
}

/** What a lens finds, oldest first, growing while the parts are read. */
export function timeline(scene: Scene, lens: Lens, change: (lens: Lens) => void): Timeline {
  const { t, copy, moments } = scene;
  const stopper = new AbortController();
  const found: Found = { refs: [], known: new Map(), edits: new Map() };
  const context: RowContext = { scene, found, query: folded(lens.query), everywhere: lens.room === null };
  const status = el("p", { class: "status", role: "status" });
  const bar = el("progress", { max: 1, value: 0, "aria-label": t("loading") });
  const none = el("p", { class: "none", hidden: true }, t("filter.none"));
  let wanted: Ref | null = null;
  /** The newest was asked for while older ones are still being read. */
  let following = false;

  const list = virtualList({ label: t("feed"), guess: 64, render: (at) => makeRow(found.refs[at] ?? 0, found.refs[at - 1]) });
  function makeRow(ref: Ref, before: Ref | undefined): HTMLElement {
    const event = copy.event(ref);
    const missing = [ref, ...(event ? (found.edits.get(event.id) ?? []) : [])].find((each) => copy.event(each) === null);
    if (missing !== undefined) void copy.wait(missing).then(() => list.refresh(), () => undefined);
    if (!event) return waitingRow(t("loading"));
    return row(ref, event, newDay(event.at, before), context);
  }
  /** The day in words where it is another than that of the row before. */
  function newDay(at: number | null, before: Ref | undefined): string | null {
    const day = at === null ? t("unknownDay") : moments.dayKey(at);
    const earlier = before === undefined ? null : copy.event(before);
    if (before !== undefined && earlier === null) return null;
    const last = earlier === null ? null : earlier.at === null ? t("unknownDay") : moments.dayKey(earlier.at);
    return day === last ? null : at === null ? day : moments.day(at);
  }

  const say = ({ done, total }: Step, stopped = false) => {
    const shown = found.refs.length;
    bar.hidden = done === total || stopped;
    stop.hidden = bar.hidden || lens.room !== null;
    bar.value = total === 0 ? 1 : done / total;
    none.hidden = shown > 0 || done < total;
    if (lens.room === null) {
      const counts = { done: moments.number(done), total: moments.number(total), found: moments.number(shown) };
      status.textContent = stopped ? t("search.stopped", counts) : done < total ? t("search.progress", counts) : t("search.done", { found: shown, total });
    } else if (done < total) status.textContent = t("filter.reading", { done: moments.number(done), total: moments.number(total) });
    else status.textContent = isFiltered(lens) ? t("filter.shown", { shown: moments.number(shown), total: moments.number(total) }) : t("filter.all", { total });
  };
  let last: Step = { done: 0, total: 1 };
  const stop = button(t("search.stop"), () => {
    stopper.abort();
    say(last, true);
  });
  const tools = el(
    "div", { class: "tools" },
    filterForm(scene, lens, change),
    el("div", { class: "progress" }, status, bar, stop),
    el("div", { class: "ends" }, button(t("first"), () => end(0)), button(t("last"), () => end(1)), button(t("print.button"), () => void print())),
  );
  const element = el("section", { class: "timeline", "aria-labelledby": "timeline-heading" }, roomHead(scene, lens), tools, none, el("p", { class: "paper" }, t("print.hint")), list.element);

  function end(which: 0 | 1): void {
    following = which === 1 && last.done < last.total;
    void go(which * (found.refs.length - 1));
  }
  async function print(): Promise<void> {
    const refused = await printRows(element, context, newDay);
    if (refused !== null) status.textContent = refused;
  }
  const tell = (step: Step) => {
    last = step;
    list.resize(found.refs.length);
    say(step);
    if (following) end(1);
    const at = wanted === null ? -1 : lastAtMost(found.refs, wanted);
    if (at < 0 || found.refs[at] !== wanted) return;
    wanted = null;
    void go(at, true);
  };
  /** Waits for what will be on the screen there, so that its heights are true when it is shown. */
  async function go(at: number, focus = false): Promise<void> {
    const around = found.refs.slice(Math.max(0, at - 25), at + 25).map((ref) => copy.wait(ref));
    await Promise.all(around);
    list.show(Math.max(0, at), focus);
  }

  const failed = () => {
    status.textContent = t("notUnpacked");
    bar.hidden = true;
  };
  scan(copy, lens, found, stopper.signal, tell).catch(failed);
  return {
    element,
    close: () => stopper.abort(),
    jump(ref) {
      wanted = ref;
      tell(last);
    },
  };
}
