import { getTranslations } from "next-intl/server";
import { Page } from "#app/_ui/page.tsx";
import { publicContext } from "#lib/runtime/web.ts";

/** Says the same of every link that is not right: foreign, torn, of nobody here. */
export default async function WrongLink() {
  const t = await getTranslations("consent.wrong");
  const { dpoMail } = (await publicContext()).policy;
  return (
    <Page title={t("title")} lead={t("lead")}>
      <p>{t.rich("text", { mail: () => <a href={`mailto:${dpoMail}`}>{dpoMail}</a> })}</p>
    </Page>
  );
}
