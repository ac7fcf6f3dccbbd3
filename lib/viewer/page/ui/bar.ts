import { button, el } from "../dom.ts";
import type { Scene } from "../scene.ts";

export interface Bar {
  readonly element: HTMLElement;
  mark(place: "about" | "messages"): void;
}

/** Stays at the top: the two parts of the page, the search, and the keys where there is something to open. */
export function bar({ t, copy }: Scene, search: (query: string) => void, openKeys: () => void): Bar {
  const about = el("a", { href: "#about" }, t("about"));
  const messages = el("a", { href: "#messages" }, t("messages"));
  const field = el("input", { type: "search", id: "search", placeholder: t("search.label"), autocomplete: "off" });
  const form = el("form", { role: "search" }, el("label", { for: "search", class: "hidden" }, t("search.label")), field, el("button", { type: "submit" }, t("search.go")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim() !== "") search(field.value.trim());
  });
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as Element).matches("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    field.focus();
  });
  const keys = copy.catalogue.counts.encrypted > 0 ? button(t("keys.button"), openKeys, { class: "open-keys" }) : null;
  return {
    element: el("div", { class: "bar" }, el("nav", { "aria-label": t("parts") }, about, messages), form, keys),
    mark(place) {
      for (const [link, name] of [[about, "about"], [messages, "messages"]] as const) {
        if (name === place) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
  };
}
