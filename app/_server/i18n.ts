import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { defaultLocale, locales, messagesFor } from "#lib/messages/messages.ts";
import { publicContext } from "#lib/runtime/web.ts";
import { pickLocale } from "./locale.ts";

/** The language is the browser's wish; the addresses of pages are the same in all languages. */
export default getRequestConfig(async () => {
  const locale = pickLocale((await headers()).get("accept-language"), locales(), defaultLocale);
  const { policy, now } = await publicContext();
  return { locale, messages: messagesFor(locale), timeZone: policy.timeZone, now: now() };
});
