import { useTranslations } from "next-intl";
import { KeyboardHelp } from "./keyboard-help.tsx";

/** Keys of the desk, and the list of them behind "?". */
export function DeskKeys() {
  const t = useTranslations("desk.keys");
  const list = useTranslations("register.queue");
  const keys = [
    ["j", t("next")],
    ["k", t("previous")],
    ["Enter", t("open")],
    ["x", list("key")],
    ["/", t("search")],
    ["?", t("help")],
  ] as const;
  return <KeyboardHelp keys={keys} title={t("title")} close={t("close")} />;
}
