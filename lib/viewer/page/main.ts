import type { Catalogue } from "../catalogue.ts";
import { openCopy } from "./copy.ts";
import { el } from "./dom.ts";
import { moments } from "./moments.ts";
import { partsOnDisk } from "./parts-on-disk.ts";
import { oneLine } from "./plain.ts";
import { startViewer } from "./ui/viewer.ts";
import { type CompiledWords, type Translate, translator } from "./words.ts";

/** The invitation to read, on the cover; or why reading is not possible. */
function invite(t: Translate, { parts, rooms }: Catalogue): void {
  const events = parts.reduce((sum, count) => sum + count, 0);
  const words = events === 0 ? [el("p", {}, t("noMessages"))] : [el("p", {}, el("a", { href: "#messages", class: "primary" }, t("open"))), el("p", { class: "soft" }, t("openHint", { events, rooms: rooms.length }))];
  document.getElementById("viewer-place")?.replaceChildren(...words);
}

async function start(): Promise<void> {
  const locale = document.documentElement.lang;
  const words = JSON.parse(document.getElementById("viewer-words")?.textContent ?? "{}") as CompiledWords;
  const t = translator(words, "viewer", locale);
  const parts = partsOnDisk();
  let catalogue: Catalogue;
  try {
    catalogue = JSON.parse((await parts.load("index"))[0] ?? "") as Catalogue;
  } catch {
    document.getElementById("viewer-place")?.replaceChildren(el("p", { class: "warning" }, t("notUnpacked")));
    return;
  }
  invite(t, catalogue);
  if (catalogue.rooms.length === 0) return;
  const cover = [...document.body.children].filter((child) => child instanceof HTMLElement && !child.matches("script"));
  const roomName = (room: number) => {
    const { name = null, id = "" } = catalogue.rooms[room] ?? {};
    return name === null || name.trim() === "" ? `${t("rooms.unnamed")} ${oneLine(id)}` : oneLine(name);
  };
  startViewer({ t, moments: moments(locale), copy: openCopy(catalogue, parts), roomName }, cover as HTMLElement[]);
}

void start();
