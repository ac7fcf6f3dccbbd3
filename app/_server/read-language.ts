import "server-only";
import { cookies, headers } from "next/headers";
import { cookieOption } from "#lib/auth/cookie.ts";
import type { Policy } from "#lib/config/policy.ts";
import { isLanguage, languageTags, type Language } from "#lib/messages/languages.ts";
import { languageCookie } from "./language-cookie.ts";
import { pickLocale } from "./locale.ts";

/** What was chosen in this browser, else what it asks for, else the portal's own. */
export async function readLanguage(policy: Pick<Policy, "portalUrl" | "language">): Promise<Language> {
  const chosen = (await cookies()).get(cookieOption(languageCookie, policy.portalUrl).name)?.value;
  return isLanguage(chosen) ? chosen : pickLocale((await headers()).get("accept-language"), languageTags, policy.language);
}
