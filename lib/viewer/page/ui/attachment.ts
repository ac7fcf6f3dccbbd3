import { el } from "../dom.ts";
import { oneLine } from "../plain.ts";
import type { Scene } from "../scene.ts";
import type { Attachment } from "../shown/attachment.ts";

/** The file of a message: pictures, films and sounds play here, everything else is only a name to click on. */
export function attachment(found: Attachment, { t, moments }: Scene): HTMLElement {
  const name = found.name === null ? t("show.noName") : oneLine(found.name);
  const about = [found.type === null ? null : oneLine(found.type), found.bytes === null ? null : moments.bytes(found.bytes)].filter((part) => part !== null).join(", ");
  const caption = el("figcaption", {}, el("span", { class: "sort" }, t(`show.${found.sort}`)), " ", el("bdi", {}, name), about === "" ? null : el("span", { class: "soft" }, ` ${about}`));
  const { path } = found;
  if (found.encrypted) return el("figure", {}, caption, el("p", { class: "soft" }, path === null ? t("show.fileEncryptedGone") : t("show.fileEncrypted", { file: path })));
  if (path === null) return el("figure", {}, caption, el("p", { class: "soft" }, t("show.fileGone")));
  if (found.as === "link") return el("figure", {}, caption, el("p", {}, el("a", { href: path }, t("show.fileLink", { file: path }))));
  return el("figure", {}, shown(found, path, name), caption);
}

function shown(found: Attachment, path: string, name: string): HTMLElement {
  if (found.as === "audio") return el("audio", { src: path, controls: true, preload: "none", "aria-label": name });
  const element = found.as === "video" ? el("video", { src: path, controls: true, preload: "metadata", "aria-label": name }) : el("img", { src: path, alt: name, decoding: "async" });
  if (found.width && found.height) element.style.setProperty("aspect-ratio", `${found.width} / ${found.height}`);
  return found.as === "video" ? element : el("a", { href: path }, element);
}
