"use server";
import { publicAction } from "#app/_server/action.ts";
import { DomainError } from "#lib/errors.ts";
import { freezeRequest } from "#lib/requests/freeze.ts";

type Choice = "stop" | "mine";

/** Freezes only on the explicit answer "not me"; "it was me" changes nothing. */
export const answerNotMe = publicAction(
  async (ctx, { choice, reference, key }: { choice: unknown; reference: unknown; key: unknown }): Promise<Choice> => {
    if (choice !== "stop" && choice !== "mine") throw new DomainError("invalid", "form", { choice: "not_me_choice" });
    if (choice === "stop") await freezeRequest(ctx, { reference, key });
    return choice;
  },
  {
    input: (form) => ({ choice: form.get("choice"), reference: form.get("reference"), key: form.get("key") }),
    then: (choice, { reference }) => `/not-me/${encodeURIComponent(String(reference))}?done=${choice === "stop" ? "stopped" : "mine"}`,
  },
);
