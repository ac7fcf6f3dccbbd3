"use client";
import { useSyncExternalStore } from "react";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Field } from "#app/_ui/field.tsx";
import { Form, type FormWords } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { answerNotMe } from "./actions.ts";

type Words = FormWords & Readonly<Record<"question" | "stop" | "stopHint" | "mine" | "mineHint" | "key" | "keyHint" | "submit" | "pending", string>>;

/** The key travels behind the # of the link; without it, or without script, it can be typed. */
export function NotMeForm({ reference, words }: { readonly reference: string; readonly words: Words }) {
  const key = useSyncExternalStore(onHash, () => location.hash.slice(1), () => "");
  return (
    <Form action={answerNotMe} words={words}>
      <input type="hidden" name="reference" value={reference} />
      {key ? <input type="hidden" name="key" value={key} /> : <Field name="key" label={words.key} hint={words.keyHint} literal />}
      <ChoiceGroup
        type="radio"
        name="choice"
        legend={words.question}
        choices={[
          { value: "stop", label: words.stop, hint: words.stopHint },
          { value: "mine", label: words.mine, hint: words.mineHint },
        ]}
      />
      <SubmitButton pending={words.pending}>{words.submit}</SubmitButton>
    </Form>
  );
}

function onHash(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}
