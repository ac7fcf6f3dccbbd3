import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { diffTexts, isChanged, type Block } from "./diff.ts";
import { findPolicy, readText } from "./texts.ts";
import { viewConsents, type PolicyView } from "./view-consents.ts";

export interface ConsentView extends PolicyView {
  readonly homeserverAsks: boolean;
  /** What changed since the version the person agreed to, in one language; null: nothing to compare, or nothing changed. */
  readonly changes: { readonly from: string; readonly blocks: readonly Block[] } | null;
}

/** One policy and what a newer version changed. Throws DomainError("not_found", "policy"). */
export async function viewConsent(ctx: Pick<WebContext, "actor" | "db" | "policy" | "formSecret">, policy: string, language: string): Promise<ConsentView> {
  const { policies, homeserverAsks } = await viewConsents(ctx, language);
  const view = policies.find((each) => each.policy === policy);
  if (!view) throw new DomainError("not_found", "policy");
  return { ...view, homeserverAsks, changes: await changesIn(ctx, view) };
}

async function changesIn({ policy: { policies } }: Pick<WebContext, "policy">, { standing, policy, text, history }: PolicyView): Promise<ConsentView["changes"]> {
  const agreed = history.find(({ act }) => act === "given");
  if (!agreed || standing === "current" || agreed.version === text.version) return null;
  const entry = await findPolicy(policies, policy);
  const older = entry && (await readText(policies, entry, agreed.version, text.language));
  // Two languages laid beside each other would differ in every word.
  if (!older || older.language !== text.language) return null;
  const blocks = diffTexts(older.markdown, text.markdown);
  return isChanged(blocks) ? { from: agreed.version, blocks } : null;
}
