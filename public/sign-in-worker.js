// Keeps the SSO login token from the portal's server: the homeserver sends the person back to
// /sign-in/return?loginToken=…, and this worker asks the server for that page without its query.
// The address bar still holds the token for the page's own script. Nothing is cached.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.mode !== "navigate" || url.pathname !== "/sign-in/return") return;
  event.respondWith(fetch(url.origin + url.pathname, { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" }));
});
