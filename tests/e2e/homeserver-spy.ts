import type { Page } from "@playwright/test";
import { stack } from "./facts.ts";

/** Secrets the homeserver gave to the browser, and what the browser asked of it. */
export interface Spied {
  readonly accessTokens: string[];
  readonly openIdTokens: string[];
  /** Method and path, in order. */
  readonly calls: string[];
}

export function spyOnHomeserver(page: Page): Spied {
  const { homeserverUrl } = stack();
  const spied: Spied = { accessTokens: [], openIdTokens: [], calls: [] };
  page.on("response", (response) => {
    const request = response.request();
    if (!request.url().startsWith(homeserverUrl) || request.method() === "OPTIONS") return;
    const path = new URL(request.url()).pathname;
    spied.calls.push(`${request.method()} ${path}`);
    if (request.method() !== "POST") return;
    void response.json().then(
      (body: { access_token?: string }) => {
        if (body.access_token) (path.endsWith("/openid/request_token") ? spied.openIdTokens : spied.accessTokens).push(body.access_token);
      },
      () => undefined,
    );
  });
  return spied;
}
