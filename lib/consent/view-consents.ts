import type { WebContext } from "#lib/context.ts";
import type { ConsentAct, ConsentVia, ToldState } from "#lib/db/generated/enums.ts";
import { last, standing, type Standing } from "./ledger.ts";
import { phraseIn, type PolicyFile } from "./policy-file.ts";
import { currentText, listPolicies, type PolicyText } from "./texts.ts";

/** One line of the ledger. */
export interface ConsentEntry {
  /** UUID; the receipt's too. */
  readonly id: string;
  readonly act: ConsentAct;
  readonly via: ConsentVia;
  readonly version: string;
  /** Language and SHA-256 of the text that was shown; null where the homeserver showed it. */
  readonly language: string | null;
  readonly textHash: string | null;
  readonly at: Date;
  /** Whether the homeserver knows; null: it was not to be told. */
  readonly told: { readonly state: ToldState; readonly recordedAt: Date | null; readonly failure: string | null } | null;
}

/** Where the person stands with one policy. */
export interface PolicyView {
  readonly policy: string;
  readonly basis: PolicyFile["basis"];
  /** Versions, oldest first. */
  readonly versions: readonly string[];
  readonly standing: Standing;
  /** What is asked for now, in the reader's language where there is such a text. */
  readonly text: PolicyText;
  /** What it is for and what is done with which data, from policy.json in the reader's language. */
  readonly facts: { readonly purposes: readonly string[]; readonly personalData: readonly string[]; readonly location: string; readonly duration: string; readonly recipients: readonly string[] };
  /** The agreement in force, to this or an earlier version; null: none, or withdrawn. */
  readonly agreed: ConsentEntry | null;
  /** Everything said about this policy, newest first. */
  readonly history: readonly ConsentEntry[];
  /** The homeserver blocks messages without it: what it says itself, at the last reading. null: it does not ask for this one. */
  readonly homeserver: { readonly version: string | null; readonly at: Date | null; readonly readAt: Date | null; readonly agrees: boolean } | null;
}

export interface ConsentsView {
  readonly policies: readonly PolicyView[];
  /** false: the homeserver has no consent of its own (the Matrix Authentication Service, or no FORM_SECRET): this ledger is all there is. */
  readonly homeserverAsks: boolean;
  /** Since when a browser of theirs objects to optional processing (Sec-GPC); null: none has. */
  readonly objectedAt: Date | null;
}

/** The person's own agreements. @param language tag of the language they read */
export async function viewConsents(ctx: Pick<WebContext, "actor" | "db" | "policy" | "formSecret">, language: string): Promise<ConsentsView> {
  const { personId } = ctx.actor;
  const [policies, person, records] = await Promise.all([
    listPolicies(ctx.policy.policies),
    ctx.db.person.findUniqueOrThrow({ where: { id: personId }, select: { homeserverConsentVersion: true, homeserverConsentAt: true, homeserverConsentReadAt: true } }),
    ctx.db.consentRecord.findMany({ where: { personId }, orderBy: [{ at: "asc" }, { id: "asc" }], include: { told: { select: { state: true, recordedAt: true, failure: true } } } }),
  ]);
  const asks = ctx.formSecret !== null;
  const views = policies.map(async (entry): Promise<PolicyView> => {
    const { policy, basis, versions, current } = entry;
    const mine = records.filter((record) => record.policy === policy && record.act !== "objected");
    const latest = last(mine, policy);
    const { homeserverConsentVersion: version, homeserverConsentAt: at, homeserverConsentReadAt: readAt } = person;
    return {
      policy, basis, versions,
      standing: standing(latest, current),
      text: await currentText(ctx.policy.policies, entry, language),
      facts: factsOf(entry, language),
      agreed: latest?.act === "given" ? latest : null,
      history: mine.toReversed(),
      homeserver: entry.homeserver && asks ? { version, at, readAt, agrees: version === current } : null,
    };
  });
  const objected = records.filter(({ act }) => act === "objected").at(-1);
  return { policies: await Promise.all(views), homeserverAsks: asks, objectedAt: objected?.at ?? null };
}

function factsOf({ purposes, personalData, storage, recipients }: PolicyFile, language: string): PolicyView["facts"] {
  const say = (said: PolicyFile["purposes"][number]) => phraseIn(said, language);
  return { purposes: purposes.map(say), personalData: personalData.map(say), location: say(storage.location), duration: say(storage.duration), recipients: recipients.map(say) };
}
