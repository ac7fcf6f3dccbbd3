import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Field } from "#app/_ui/field.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page, Prose } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { formWords } from "#app/_request/form-words.ts";
import { publicContext } from "#lib/runtime/web.ts";
import { ask } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("intake.ask");
  return { title: t("title") };
}

/** For accounts nobody can sign in to. What it answers is the same for every account, known or not. */
export default async function AskWithoutAccountPage() {
  const t = await getTranslations("intake.ask");
  const { serverName: server, dpoMail, controller } = (await publicContext()).policy;
  const mail = () => <a key="m" href={`mailto:${dpoMail}`}>{dpoMail}</a>;
  const done = (
    <>
      <Notice tone="success" title={t("done.title")} live>
        <p>{t("done.mail", { server })}</p>
      </Notice>
      <Prose>
        <p>{t("done.none")}</p>
        <p>{t.rich("done.other", { mail, controller: controller.name, address: controller.address })}</p>
      </Prose>
    </>
  );
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Form action={ask} words={await formWords()} done={done}>
        <p>{t.rich("canSignIn", { signIn: (words) => <Link key="s" href="/sign-in" prefetch={false}>{words}</Link> })}</p>
        <Field name="mxid" label={t("mxid")} hint={t("mxidHint", { server })} maxLength={255} autoComplete="off" literal />
        <ChoiceGroup
          type="radio"
          name="kind"
          legend={t("kind")}
          choices={[
            { value: "export", label: t("copy"), hint: t("copyHint") },
            { value: "erasure", label: t("erase"), hint: t("eraseHint") },
            { value: "consent", label: t("consent"), hint: t("consentHint") },
          ]}
        />
        <TextArea name="text" label={t("text")} hint={t("textHint")} rows={4} maxLength={4000} />
        <SubmitButton pending={t("sending")}>{t("send")}</SubmitButton>
        <p>{t.rich("question", { mail })}</p>
      </Form>
    </Page>
  );
}
