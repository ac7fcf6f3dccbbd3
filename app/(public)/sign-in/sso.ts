import { SignInProblem } from "./problem.ts";

/** Kept in this tab while the person is at the identity provider. */
interface Journey {
  /** Comes back in the address: a login token that did not leave from this tab is not ours (login CSRF). */
  readonly state: string;
  readonly next: string;
  readonly startedAt: number;
}

const JOURNEY = "portal-sso";
const ARRIVAL = "portal-sso-arrival";
const JOURNEY_MS = 15 * 60_000;

export function ssoPossible(): boolean {
  return "serviceWorker" in navigator && window.isSecureContext;
}

/** Installs the worker that keeps the login token from our server, then leaves for the homeserver. */
export async function leaveForSso(base: string, provider: string | null, next: string): Promise<void> {
  await guardReturn();
  const state = crypto.randomUUID();
  sessionStorage.setItem(JOURNEY, JSON.stringify({ state, next, startedAt: Date.now() } satisfies Journey));
  const back = new URL("/sign-in/return", location.origin);
  back.searchParams.set("state", state);
  const path = provider === null ? "" : `/${encodeURIComponent(provider)}`;
  location.assign(`${base}/_matrix/client/v3/login/sso/redirect${path}?${new URLSearchParams({ redirectUrl: back.href })}`);
}

/** What return/route.ts left in this tab; null when nobody came back. Both are used up. */
export function takeArrival(now: number): { readonly loginToken: string; readonly next: string } | null {
  const arrival = take<{ loginToken: string | null; state: string | null; guarded: boolean }>(ARRIVAL);
  if (!arrival) return null;
  const journey = take<Journey>(JOURNEY);
  if (!arrival.guarded) throw new SignInProblem("sso_unguarded");
  if (!journey || journey.state !== arrival.state || now - journey.startedAt > JOURNEY_MS) throw new SignInProblem("sso_stranger");
  if (!arrival.loginToken) throw new SignInProblem("sso_cancelled");
  return { loginToken: arrival.loginToken, next: journey.next };
}

async function guardReturn(): Promise<void> {
  if (!ssoPossible()) throw new SignInProblem("sso_impossible");
  try {
    const registration = await navigator.serviceWorker.register("/sign-in-worker.js", { scope: "/sign-in/", updateViaCache: "none" });
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    if (worker && worker.state !== "activated") await activated(worker);
  } catch {
    throw new SignInProblem("sso_impossible");
  }
}

function activated(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("worker not installed"));
    });
  });
}

function take<T>(key: string): T | null {
  const value = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return value === null ? null : (JSON.parse(value) as T);
}
