import { useTranslations } from "next-intl";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";

/** The choices of an erasure as answers. */
export function useOptionWords(options: ErasureOptions | undefined, days: number): { readonly redact: string; readonly suspend: string; readonly when: string } {
  const t = useTranslations("erasure.check");
  return {
    redact: t(options?.redact ? "redactYes" : "redactNo"),
    suspend: t(options?.suspend ? "suspendYes" : "suspendNo"),
    when: t(options?.leaveNow ? "whenNow" : "whenWait", { days }),
  };
}
