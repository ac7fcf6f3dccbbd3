/**
 * Trusted Types (proxy.ts asks for them): script addresses must be files of our own build or the sign-in worker, and the
 * only markup written as text is the empty script element React makes. Everything else the browser refuses.
 * The bundler's loader knows no policy of its own, hence the default one; this file runs before any other code of ours.
 */
interface Policies {
  createPolicy(name: string, rules: { createScriptURL(url: string): string | null; createHTML(html: string): string | null }): unknown;
}

const factory = (globalThis as typeof globalThis & { trustedTypes?: Policies }).trustedTypes;

factory?.createPolicy("default", {
  createScriptURL(given) {
    const url = new URL(given, location.origin);
    const ours = url.origin === location.origin && (url.pathname.startsWith("/_next/static/") || url.pathname === "/sign-in-worker.js");
    return ours ? given : null;
  },
  createHTML: (given) => (given === "<script></script>" ? given : null),
});
