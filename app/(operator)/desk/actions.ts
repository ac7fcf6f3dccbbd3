"use server";
import { formAction } from "#app/_server/action.ts";
import { emptyFormState } from "#app/_ui/form-state.ts";
import { readFilter } from "#lib/requests/queue-filter.ts";
import { dropView, saveView } from "#lib/requests/saved-views.ts";
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

export const keepList = formAction(saveView, { who: "desk", input: (form) => ({ name: form.get("name"), query: form.get("query") }), then: ({ query }) => (query ? `/desk?${query}` : "/desk") });

const drop = formAction(dropView, { who: "desk", input: (form) => ({ id: form.get("id") }) });

/** There is nothing to say about it but that it is gone. */
export async function removeList(form: FormData): Promise<void> {
  await drop(emptyFormState, form);
}
