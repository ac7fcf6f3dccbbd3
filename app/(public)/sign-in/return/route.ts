import { getLocale, getTranslations } from "next-intl/server";
import { NONCE_HEADER } from "#app/_server/request-headers.ts";

export const dynamic = "force-dynamic";

/**
 * Where the homeserver sends people back after SSO. Not a page of the framework: this answer loads nothing, so nothing
 * can pass the address on. Its script moves the token into the tab's own storage and goes to the sign-in page.
 * The query is not read here; public/sign-in-worker.js sees to it that there is none.
 */
export async function GET(request: Request): Promise<Response> {
  const t = await getTranslations("sign-in");
  const nonce = request.headers.get(NONCE_HEADER) ?? "";
  const html = `<!doctype html>
<html lang="${await getLocale()}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escape(t("return.title"))}</title>
<p>${escape(t("return.text"))}</p>
<noscript><p>${escape(t("noscript"))}</p></noscript>
<script nonce="${nonce}">${script}</script>
</html>`;
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
}

/** `guarded`: the worker answered, so the token did not reach the server; otherwise it is thrown away. */
const script = `
const query = new URLSearchParams(location.search);
history.replaceState(null, "", location.pathname);
const guarded = Boolean(navigator.serviceWorker && navigator.serviceWorker.controller);
const loginToken = guarded ? query.get("loginToken") : null;
sessionStorage.setItem("portal-sso-arrival", JSON.stringify({ loginToken, state: query.get("state"), guarded }));
location.replace("/sign-in?arrived=1");
`;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
