import { el } from "../dom.ts";
import type { Lens } from "../lens.ts";
import { oneLine } from "../plain.ts";
import type { Scene } from "../scene.ts";

/** Which room this is, or what was searched for; and, each time, that it is one side of a conversation. */
export function roomHead({ t, copy, moments, roomName }: Scene, lens: Lens): HTMLElement {
  const back = el("a", { href: "#messages", class: "back" }, `← ${t("rooms.back")}`);
  const room = lens.room === null ? null : copy.catalogue.rooms[lens.room];
  if (!room) {
    const words = lens.query === "" ? t("search.all") : t("search.heading", { query: oneLine(lens.query) });
    return el("header", {}, back, el("h2", { id: "timeline-heading", tabindex: -1 }, words));
  }
  const { first, last } = room;
  const period = first === null || last === null ? null : moments.period(first, last);
  return el(
    "header", {}, back,
    el("h2", { id: "timeline-heading", tabindex: -1 }, el("bdi", {}, roomName(lens.room ?? 0))),
    el("p", { class: "soft small" }, el("bdi", {}, oneLine(room.id)), period === null ? null : ` · ${period}`),
    el("p", { class: "soft small own" }, t("own")),
  );
}
