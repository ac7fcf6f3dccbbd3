import { getLocale } from "next-intl/server";
import { titleOf } from "#lib/consent/title-of.ts";
import type { WebContext } from "#lib/context.ts";

/** How a text is called, said to be in the language it is in. */
export async function PolicyTitle({ policy, ctx }: { readonly policy: string; readonly ctx: Pick<WebContext, "policy"> }) {
  const { title, language } = await titleOf(ctx.policy, policy, await getLocale());
  return <bdi lang={language ?? undefined}>{title}</bdi>;
}
