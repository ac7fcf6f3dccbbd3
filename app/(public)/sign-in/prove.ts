import { logIn, logOut, openIdToken, type OpenIdToken } from "./homeserver.ts";
import { SignInProblem } from "./problem.ts";

/**
 * Logs in at the homeserver, asks for an OpenID token, removes the device again, also when something fails or the page
 * is closed. Password and access token live in this function only; what it returns is all the portal gets.
 */
export async function prove(base: string, credentials: Readonly<Record<string, unknown>>, deviceName: string): Promise<OpenIdToken> {
  const device = await logIn(base, credentials, deviceName);
  const end = () => void logOut(base, device, true);
  addEventListener("pagehide", end, { once: true });
  try {
    return await openIdToken(base, device);
  } finally {
    removeEventListener("pagehide", end);
    await logOut(base, device);
  }
}

/** Hands the proof to the portal's server (next-auth: a token against forgery first, then the proof). */
export async function handOver(proof: OpenIdToken): Promise<void> {
  const bounds = { cache: "no-store", redirect: "error", credentials: "same-origin" } as const;
  let answer: { url?: string };
  let ok: boolean;
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf", bounds)).json()) as { csrfToken: string };
    const body = new URLSearchParams({ ...proof, expires_in: String(proof.expires_in), csrfToken, json: "true" });
    const response = await fetch("/api/auth/callback/matrix", { ...bounds, method: "POST", body });
    answer = (await response.json()) as { url?: string };
    ok = response.ok;
  } catch {
    throw new SignInProblem("portal_down");
  }
  if (ok) return;
  const reason = URL.canParse(answer.url ?? "") ? (new URL(answer.url ?? "").searchParams.get("error") ?? "") : "";
  if (reason.startsWith("bug:")) throw new SignInProblem("bug", { id: reason.slice("bug:".length) });
  throw new SignInProblem(reason || "portal_down");
}
