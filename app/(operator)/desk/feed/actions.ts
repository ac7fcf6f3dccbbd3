"use server";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { formAction } from "#app/_server/action.ts";
import { asDesk } from "#app/_server/guard.ts";
import { requireSameOrigin } from "#app/_server/same-origin.ts";
import { inWords } from "#app/_server/words.ts";
import { emptyFormState, type FormState } from "#app/_ui/form-state.ts";
import { openFeed, revokeFeed } from "#lib/requests/feed.ts";

/** The address stands in the answer and nowhere else. */
export async function make(_previous: FormState, _form: FormData): Promise<FormState> {
  const ctx = await asDesk();
  try {
    requireSameOrigin(await headers(), ctx.policy.portalUrl);
    const { token } = await openFeed(ctx);
    const t = await getTranslations("register.feed");
    return { ...emptyFormState, ok: true, outcome: [{ term: t("address"), value: `${ctx.policy.portalUrl}/api/calendar/${token}` }] };
  } catch (error) {
    return { ...emptyFormState, errors: await inWords(error, ctx.log, "action") };
  }
}

const end = formAction(revokeFeed, { who: "desk", input: (form) => ({ id: form.get("id") }) });

export async function revoke(form: FormData): Promise<void> {
  await end(emptyFormState, form);
}
