/** Request headers proxy.ts sets for our own pages; what a client sends under these names is overwritten. */
export const NONCE_HEADER = "x-portal-nonce";
/** Path and query that were asked for. */
export const PATH_HEADER = "x-portal-path";
