import { useLocale, useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { LocalMoment } from "#app/_ui/local-moment.tsx";
import { Section } from "#app/_ui/page.tsx";
import type { WebContext } from "#lib/context.ts";
import type { RequestView } from "#lib/requests/views.ts";

/** The date, the way to stop it, and what holds until then. */
export function Grace({ request, ctx }: { readonly request: RequestView; readonly ctx: WebContext }) {
  const t = useTranslations("erasure.grace");
  const locale = useLocale();
  const { erasure, reference } = request;
  const { timeZone, controller } = ctx.policy;
  if (!erasure?.notBefore) return null;
  const at = (
    <LocalMoment
      key="t"
      at={erasure.notBefore.toISOString()}
      now={ctx.now().toISOString()}
      locale={locale}
      zone={timeZone}
      note={{ local: t("zone"), server: t("zoneServer", { controller: controller.name }) }}
    />
  );
  return (
    <Section id="when" title={t("title")}>
      <p>{t.rich("at", { time: () => at })}</p>
      <div>
        <ButtonLink href={`/requests/${reference}/withdraw`}>{t("stop")}</ButtonLink>
      </div>
      <p>{t(erasure.options.suspend ? "suspended" : "notSuspended")}</p>
      <p>{t("reminders")}</p>
      <CalendarLink reference={reference} words={t("calendar")} />
    </Section>
  );
}

/** A plain link: the file comes from the portal, and no calendar service hears of it. */
export function CalendarLink({ reference, words }: { readonly reference: string; readonly words: string }) {
  return (
    <p>
      <a href={`/requests/${reference}/calendar`} download={`deletion-${reference}.ics`}>
        {words}
      </a>
    </p>
  );
}
