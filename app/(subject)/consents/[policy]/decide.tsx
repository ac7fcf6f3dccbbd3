import { useTranslations } from "next-intl";
import { Form } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import type { ConsentView } from "#lib/consent/view-consent.ts";
import { give, withdraw } from "./actions.ts";

/** One button either way (Art. 7(3): taking back is as easy as giving), with what follows said before it. */
export function Decide({ view, server }: { readonly view: ConsentView; readonly server: string }) {
  const t = useTranslations("consents");
  const ui = useTranslations("ui");
  const { policy, version, language, hash } = view.text;
  const words = { errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") };
  const giving = (
    <Form action={give} words={words}>
      {Object.entries({ policy, version, language, hash }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p>{t(`give.${view.basis}`, { server })}</p>
      <SubmitButton pending={t("give.pending")}>{t("give.action")}</SubmitButton>
    </Form>
  );
  if (!view.agreed) return giving;
  const taking = (
    <Form action={withdraw} words={words}>
      <input type="hidden" name="policy" value={policy} />
      <p>{view.homeserver ? t("withdraw.blocks", { server }) : t("withdraw.plain")}</p>
      <SubmitButton variant="secondary" pending={t("withdraw.pending")}>
        {t("withdraw.action")}
      </SubmitButton>
    </Form>
  );
  return view.standing === "older" ? (
    <>
      {giving}
      {taking}
    </>
  ) : (
    taking
  );
}
