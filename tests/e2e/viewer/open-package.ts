import type { Page } from "@playwright/test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** What a page tried that a page from a disk must not try. */
export interface Watched {
  /** Addresses of another scheme than `file:` that left the page's policy behind; each was aborted. */
  readonly requests: string[];
  /** Files that were read. */
  readonly files: string[];
  readonly violations: string[];
  /** Windows that spoke: a hostile script ran. */
  readonly dialogs: string[];
}

/** Aborts and counts every request but those to the disk, and listens for scripts that were not ours. */
export async function watch(page: Page): Promise<Watched> {
  const watched: Watched = { requests: [], files: [], violations: [], dialogs: [] };
  await page.route(/^(?!file:)/, async (route) => {
    watched.requests.push(route.request().url());
    await route.abort();
  });
  page.on("request", (request) => {
    if (request.url().startsWith("file:")) watched.files.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") watched.violations.push(message.text());
  });
  page.on("pageerror", (error) => watched.violations.push(error.message));
  page.on("dialog", async (dialog) => {
    watched.dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  return watched;
}

export async function temporaryFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "portal-viewer-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export const address = (top: string, hash = "") => `file://${top}/index.html${hash}`;
