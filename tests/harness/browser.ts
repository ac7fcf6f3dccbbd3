import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** First the one without windows: nobody looks, and it costs a tenth to a fifth less processor time (measured on the look tests). */
const places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

/** Path of a Chromium, or null. `CHROMIUM` in the environment wins. */
export function findBrowser(): string | null {
  const wanted = [process.env.CHROMIUM, ...places];
  return wanted.find((path): path is string => path !== undefined && existsSync(path)) ?? null;
}

/**
 * Installs Debian's chromium when none is there and we are root; otherwise throws a sentence that
 * says what to do. Playwright's own download is not used: it needs a host that is often closed.
 */
export function installBrowser(say: (line: string) => void): string {
  const found = findBrowser();
  if (found) return found;
  const debian = existsSync("/usr/bin/apt-get");
  if (!debian || process.getuid?.() !== 0) {
    throw new Error(
      debian
        ? "No Chromium found: run `sudo apt-get install chromium`, or name one in the variable CHROMIUM."
        : "No Chromium found: install Chromium or Chrome and name it in the variable CHROMIUM.",
    );
  }
  say("Installing Chromium from Debian's packages (about two minutes) …");
  const apt = (...words: string[]) => spawnSync("apt-get", words, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }).status ?? 1;
  const install = (name: string) => apt("install", "-y", "-qq", "--no-install-recommends", name);
  // An older release has the whole browser only.
  const code = apt("update", "-qq") || (install("chromium-headless-shell") && install("chromium"));
  if (code !== 0) throw new Error(`Chromium could not be installed: apt-get ended with code ${code}.`);
  const installed = findBrowser();
  if (!installed) throw new Error("Chromium could not be installed: apt-get was content, but no browser is there.");
  return installed;
}
