import type { WebContext } from "#lib/context.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";

/** What the door needs before there is an actor. */
export type DoorContext = Omit<WebContext, "actor">;

/** `verifyToken` asks the configured homeserver, and nobody else, whose OpenID token this is. */
export type SignInContext = DoorContext & { readonly verifyToken: (token: string) => Promise<Mxid> };
