"use server";
import { cookies, headers } from "next/headers";
import { refresh } from "next/cache";
import { cookieOption } from "#lib/auth/cookie.ts";
import { isLanguage } from "#lib/messages/languages.ts";
import { rememberLanguage } from "#lib/people/remember-language.ts";
import { publicContext, webContext } from "#lib/runtime/web.ts";
import { current } from "./current.ts";
import { languageCookie } from "./language-cookie.ts";
import { requireSameOrigin } from "./same-origin.ts";

const year = 365 * 24 * 3600;

/** Another language, from now on: for this browser, and for the letters of whoever is signed in. A tag we do not speak changes nothing. */
export async function chooseLanguage(form: FormData): Promise<void> {
  const { policy } = await publicContext();
  requireSameOrigin(await headers(), policy.portalUrl);
  const language = form.get("language");
  if (!isLanguage(language)) return;
  const { name, options } = cookieOption(languageCookie, policy.portalUrl);
  (await cookies()).set(name, language, { ...options, maxAge: year });
  const found = await current();
  if (found.kind === "open" || found.kind === "checking") await rememberLanguage(await webContext(found.actor), language);
  refresh();
}
