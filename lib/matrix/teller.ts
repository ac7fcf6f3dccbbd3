import type { Mxid } from "./homeserver.ts";

/** Somebody else who holds copies. `name`: server name, or id of an application service's registration. */
export interface Other {
  readonly kind: "appservice" | "homeserver";
  readonly name: string;
}

/** What became of one attempt to tell. `by_contact`: it must be asked by mail, at the address its server publishes. */
export type Told =
  | { readonly is: "acknowledged" }
  | { readonly is: "not_supported" }
  | { readonly is: "by_contact"; readonly mail: string }
  | { readonly is: "nobody" };

/** No answer, or one that says try again. */
export class OtherUnreachable extends Error {
  readonly afterSeconds: number | null;
  constructor(options: { afterSeconds?: number | null; cause?: unknown } = {}) {
    super("the other server does not answer", { cause: options.cause });
    this.name = "OtherUnreachable";
    this.afterSeconds = options.afterSeconds ?? null;
  }
}

/**
 * PORT: tells others of an erasure (MSC2438, Art. 19 GDPR). The user id goes in the body, never in a URL. No request can
 * be steered to a private address. Adapter: teller-http.ts; twin: tests/fakes/teller.ts. May throw OtherUnreachable.
 */
export interface Teller {
  /** Ids of the application services that are configured. */
  readonly appservices: readonly string[];
  /** Repeating it is harmless: the other side is told of the same fact. */
  tell(other: Other, mxid: Mxid): Promise<Told>;
}
