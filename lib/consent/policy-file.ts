import { z } from "zod";
import { languageTags } from "#lib/messages/languages.ts";

/** A folder's or version's name as it may stand in an address and a path: nothing that climbs. */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "is no name: letters, digits, dot, hyphen and underscore, and a letter or digit first");

/** What the homeserver is told when somebody takes their agreement back: it knows versions only, and none by this name. */
export const withdrawnVersion = "withdrawn";

/** A phrase in the languages it is said in; English must be there, as what everybody else reads. */
const phrase = z.partialRecord(z.enum(languageTags), z.string().trim().min(1, "is empty")).refine((said) => said.en !== undefined, "is not said in English (en)");
export type Phrase = z.output<typeof phrase>;

/**
 * `<policy>/policy.json`: what of a policy is not in its texts. Purposes, data, storage and recipients go into the
 * receipt (ISO/IEC TS 27560).
 */
export const policyFile = z.strictObject({
  /** Oldest first: the order of versions is this one and no other. */
  versions: z.array(name).min(1, "names no version").refine((all) => new Set(all).size === all.length, "names a version twice"),
  /** What people are asked to agree to now. */
  current: name,
  /** Art. 6(1)(a), or (b): terms are accepted, not consented to, and such a record is no consent receipt. */
  basis: z.enum(["consent", "contract"], "is consent or contract"),
  /** Whether this is the text of the homeserver's `user_consent`: at most one policy is. */
  homeserver: z.boolean().default(false),
  purposes: z.array(phrase).min(1, "names no purpose"),
  personalData: z.array(phrase).min(1, "names no data"),
  storage: z.strictObject({ location: phrase, duration: phrase }),
  recipients: z.array(phrase),
}).refine(({ versions, current }) => versions.includes(current), { path: ["current"], message: "is not one of the versions" })
  .refine(({ versions }) => !versions.includes(withdrawnVersion), { path: ["versions"], message: `may not hold "${withdrawnVersion}": that is what the homeserver is told after a withdrawal` });
export type PolicyFile = z.output<typeof policyFile>;

export const isName = (text: string): boolean => name.safeParse(text).success;

/** A phrase in the reader's language, else in English. */
export const phraseIn = (said: Phrase, language: string): string => (said as Readonly<Record<string, string | undefined>>)[language] ?? said.en ?? "";
