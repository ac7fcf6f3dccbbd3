import { categories, type Category } from "../../category.ts";
import { button, el } from "../dom.ts";
import { isFiltered, type Lens } from "../lens.ts";
import type { Scene } from "../scene.ts";

/** Kind, days, with a file: native controls, which every reader knows. Days are of the reader's own time zone. */
export function filterForm({ t, copy }: Scene, lens: Lens, change: (lens: Lens) => void): HTMLElement {
  const option = (value: string, words: string) => el("option", { value, selected: value === (lens.category ?? "") }, words);
  const kind = el("select", { id: "filter-kind" }, option("", t("filter.everything")),
    ...categories.filter((name) => copy.catalogue.counts[name] > 0).map((name) => option(name, t(`category.${name}`))));
  const from = el("input", { type: "date", id: "filter-from", value: lens.from === null ? "" : isoDay(lens.from) });
  const to = el("input", { type: "date", id: "filter-to", value: lens.to === null ? "" : isoDay(lens.to - 1) });
  const media = el("input", { type: "checkbox", id: "filter-media", checked: lens.media });
  const changed = () => change({ ...lens, category: (kind.value || null) as Category | null, from: dayStart(from.value, 0), to: dayStart(to.value, 1), media: media.checked });
  for (const control of [kind, from, to, media]) control.addEventListener("change", changed);
  const form = el(
    "form", { class: "filters" },
    el("p", {}, el("label", { for: "filter-kind" }, t("filter.kind")), kind),
    el("p", {}, el("label", { for: "filter-from" }, t("filter.from")), from),
    el("p", {}, el("label", { for: "filter-to" }, t("filter.to")), to),
    el("p", { class: "check" }, media, el("label", { for: "filter-media" }, t("filter.media"))),
    isFiltered(lens) ? button(t("filter.reset"), () => change({ ...lens, category: null, from: null, to: null, media: false })) : null,
  );
  form.addEventListener("submit", (event) => event.preventDefault());
  return el("details", { class: "filter", open: isFiltered(lens) }, el("summary", {}, t("filter.heading")), form);
}

function dayStart(day: string, later: number): number | null {
  const [year, month, date] = day.split("-").map(Number);
  return year && month && date ? new Date(year, month - 1, date + later).getTime() : null;
}

function isoDay(at: number): string {
  const date = new Date(at);
  return `${String(date.getFullYear()).padStart(4, "0")}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
}
