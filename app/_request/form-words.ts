import { getTranslations } from "next-intl/server";
import type { FormWords } from "#app/_ui/form.tsx";

/** What every form needs said around its errors. */
export async function formWords(): Promise<FormWords> {
  const t = await getTranslations("ui");
  return { errorTitle: t("errorTitle"), errorPrefix: t("errorPrefix") };
}
