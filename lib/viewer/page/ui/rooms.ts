import { el } from "../dom.ts";
import { folded } from "../lens.ts";
import type { Scene } from "../scene.ts";

export interface Rooms {
  readonly element: HTMLElement;
  mark(room: number | null): void;
}

/** The rooms by name, those without one last; arrows move between them. */
export function rooms(scene: Scene): Rooms {
  const { t, copy, moments } = scene;
  const all = copy.catalogue.rooms.map((room, at) => ({ room, at, name: scene.roomName(at) }));
  all.sort((a, b) => Number(a.room.name === null) - Number(b.room.name === null) || a.name.localeCompare(b.name) || a.at - b.at);
  const items = all.map(({ room, at, name }) => {
    const last = room.last === null ? null : moments.date(room.last);
    const space = room.type === "m.space" ? `${t("rooms.space")} · ` : "";
    const link = el("a", { href: `#room-${at}` }, el("bdi", { class: "name" }, name), el("span", { class: "soft small" }, `${space}${t("rooms.events", { count: room.events })}${last === null ? "" : ` · ${last}`}`));
    return { at, key: folded(`${name} ${room.id}`), link, item: el("li", {}, link) };
  });
  const none = el("p", { class: "soft", hidden: true }, t("rooms.none"));
  const find = el("input", { type: "search", id: "find-room", autocomplete: "off" });
  find.addEventListener("input", () => {
    const wanted = folded(find.value.trim());
    for (const { key, item } of items) item.hidden = !key.includes(wanted);
    none.hidden = items.some(({ item }) => !item.hidden);
  });
  const list = el("ul", {}, ...items.map(({ item }) => item));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const seen = items.filter(({ item }) => !item.hidden);
    seen[Math.min(seen.length - 1, Math.max(0, seen.findIndex(({ link }) => link === document.activeElement) + step))]?.link.focus();
  });
  const count = el("span", { class: "soft small" }, ` ${t("rooms.count", { count: items.length })}`);
  const element = el("nav", { class: "rooms", "aria-labelledby": "rooms-heading" }, el("h2", { id: "rooms-heading" }, t("rooms.heading"), count),
    el("p", { class: "find" }, el("label", { for: "find-room", class: "hidden" }, t("rooms.find")), find), none, list);
  find.placeholder = t("rooms.find");
  return {
    element,
    mark(room) {
      for (const { at, link } of items) {
        if (at === room) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
  };
}
