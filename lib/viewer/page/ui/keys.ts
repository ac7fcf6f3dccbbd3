import { button, el } from "../dom.ts";
import { openKeyFile } from "../megolm/key-file.ts";
import { makeKeyring } from "../megolm/keyring.ts";
import type { Scene } from "../scene.ts";

/** A dialog that takes a key file, and forgets it again. `changed` is told when messages open or close. */
export function keysDialog({ t, copy }: Scene, changed: () => void): HTMLDialogElement {
  const file = el("input", { type: "file", id: "key-file", accept: ".txt,text/plain" });
  const passphrase = el("input", { type: "password", id: "key-passphrase", autocomplete: "off" });
  const says = el("p", { class: "answer", role: "status" });
  const submit = el("button", { type: "submit", class: "primary" }, t("keys.open"));
  const forget = button(t("keys.forget"), () => {
    copy.keys = null;
    forget.hidden = true;
    says.textContent = t("keys.forgotten");
    changed();
  }, { hidden: true });

  async function open(): Promise<void> {
    const chosen = file.files?.[0];
    if (!chosen) {
      says.textContent = t("keys.failed.no_file");
      return;
    }
    submit.disabled = true;
    says.textContent = t("keys.working");
    const opened = await openKeyFile(await chosen.text(), passphrase.value).finally(() => (submit.disabled = false));
    if ("problem" in opened) {
      says.textContent = t(`keys.failed.${opened.problem}`);
      return;
    }
    const keys = makeKeyring(opened.json);
    // Neither stays in a field of the page once it has served.
    form.reset();
    says.textContent = keys.sessions === 0 ? t("keys.empty") : t("keys.opened", { count: keys.sessions });
    if (keys.sessions === 0) return;
    copy.keys = keys;
    forget.hidden = false;
    changed();
  }
  const form = el(
    "form", {},
    el("p", {}, el("label", { for: "key-file" }, t("keys.file")), file),
    el("p", {}, el("label", { for: "key-passphrase" }, t("keys.passphrase")), passphrase),
    says,
    el("p", { class: "buttons" }, submit, forget, button(t("keys.close"), () => dialog.close())),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void open();
  });
  const paragraphs = [t("keys.lead", { count: copy.catalogue.counts.encrypted }), t("keys.how"), t("keys.promise")].map((words) => el("p", {}, words));
  const dialog: HTMLDialogElement = el("dialog", { class: "keys", "aria-labelledby": "keys-heading" }, el("h2", { id: "keys-heading" }, t("keys.heading")), ...paragraphs, form);
  return dialog;
}
