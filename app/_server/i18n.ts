import { getRequestConfig } from "next-intl/server";
import { messagesFor } from "#lib/messages/messages.ts";
import { publicContext } from "#lib/runtime/web.ts";
import { readLanguage } from "./read-language.ts";

/** The addresses of pages are the same in all languages. */
export default getRequestConfig(async () => {
  const { policy, now } = await publicContext();
  const locale = await readLanguage(policy);
  return { locale, messages: messagesFor(locale), timeZone: policy.timeZone, now: now() };
});
