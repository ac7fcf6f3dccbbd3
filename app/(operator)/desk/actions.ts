"use server";
import { formAction } from "#app/_server/action.ts";
import { emptyFormState } from "#app/_ui/form-state.ts";
import { readFilter } from "#lib/requests/queue-filter.ts";
import { queueHref } from "./queue-href.ts";
import { sealSearch } from "./sealed-search.ts";

const search = formAction(
  (ctx, { q, ...filter }: ReturnType<typeof readFilter>) => Promise.resolve(queueHref({ ...filter, q: sealSearch(ctx.secret, q) })),
  // Who looks for a request wants it wherever it stands.
  { who: "desk", input: (form) => readFilter({ sort: form.get("sort"), q: form.get("q"), state: form.get("q") ? "all" : "open" }), then: (href) => href },
);

/** By POST, so that a Matrix ID never stands in an address; answers with the address of the list it found. */
export async function find(form: FormData): Promise<void> {
  await search(emptyFormState, form);
}
