import type { Ref } from "../copy.ts";
import { el } from "../dom.ts";
import { type Lens, wholeRoom } from "../lens.ts";
import type { Scene } from "../scene.ts";
import { bar } from "./bar.ts";
import { keysDialog } from "./keys.ts";
import { rooms } from "./rooms.ts";
import { type Timeline, timeline } from "./timeline.ts";

/** The reading part of the page, beside the part that was there without script. The address says which is shown. */
export function startViewer(given: Omit<Scene, "goTo">, cover: readonly HTMLElement[]): void {
  const scene: Scene = { ...given, goTo };
  const { t } = scene;
  let lens: Lens = wholeRoom(null);
  let open: Timeline | null = null;
  let wanted: Ref | null = null;

  const list = rooms(scene);
  const choose = el("p", { class: "choose soft" }, t("rooms.choose"));
  const main = el("div", { class: "content" }, choose);
  const view = el("main", { class: "viewer", hidden: true }, el("h1", { class: "hidden" }, t("messages")), list.element, main);
  const keys = keysDialog(scene, () => open && look(lens));
  const top = bar(scene, (query) => {
    lens = wholeRoom(null, query);
    if (location.hash === "#search") look(lens);
    else location.hash = "#search";
  }, () => keys.showModal());

  function look(next: Lens | null): void {
    open?.close();
    open = next && timeline(scene, next, (changed) => look(changed));
    if (next) lens = next;
    main.replaceChildren(open?.element ?? choose);
    view.classList.toggle("reading-room", open !== null);
    list.mark(next?.room ?? null);
  }

  function goTo(ref: Ref): void {
    wanted = ref;
    const hash = `#room-${scene.copy.roomAt(ref)}`;
    if (location.hash === hash) route();
    else location.hash = hash;
  }

  function route(): void {
    const { hash } = location;
    const room = /^#room-(\d+)$/.exec(hash)?.[1];
    const reading = hash === "#messages" || hash === "#search" || (room !== undefined && Number(room) < scene.copy.catalogue.rooms.length);
    view.hidden = !reading;
    for (const part of cover) part.hidden = reading;
    top.mark(reading ? "messages" : "about");
    document.documentElement.classList.toggle("reading", reading);
    if (!reading) look(null);
    else if (hash === "#messages") look(null);
    else look(room === undefined ? { ...lens, room: null } : wholeRoom(Number(room)));
    if (wanted !== null) open?.jump(wanted);
    else if (open) document.getElementById("timeline-heading")?.focus();
    wanted = null;
  }

  document.body.prepend(top.element);
  document.body.append(view, keys);
  globalThis.addEventListener("hashchange", route);
  route();
}
