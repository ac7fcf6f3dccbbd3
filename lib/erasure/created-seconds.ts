import type { Account } from "#lib/matrix/homeserver.ts";

/** When the account was made, in seconds, as Synapse keeps it: tells it from a later one of the same name. */
export const createdSeconds = ({ createdAt }: Pick<Account, "createdAt">): number => Math.floor(createdAt.getTime() / 1000);
