import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Badge } from "#app/_ui/badge.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { dateWords } from "#app/_ui/dates.ts";
import { Section } from "#app/_ui/page.tsx";
import type { PolicyView } from "#lib/consent/view-consents.ts";

const looks = { never: ["clock", "neutral"], current: ["check", "success"], older: ["alert", "warning"], withdrawn: ["undo", "neutral"] } as const;

/** Where the person stands with one text, in a word and a sentence, and the way to it. */
export function PolicyRow({ view: { policy, text, standing, history } }: { readonly view: PolicyView }) {
  const t = useTranslations("consents");
  const day = (at: Date) => dates.day(at);
  const dates = dateWords(useLocale(), useTimeZone());
  const [icon, tone] = looks[standing];
  const given = history.find(({ act }) => act === "given");
  const latest = history[0];
  return (
    <Section id={`policy-${policy}`} title={<span lang={text.language}>{text.title}</span>}>
      <p>
        <Badge icon={icon} tone={tone}>
          {t(`standing.${standing}`)}
        </Badge>
      </p>
      <p>
        {given ? t("agreedAt", { version: given.version, day: day(given.at) }) : null} {standing === "withdrawn" && latest ? t("withdrawnAt", { day: day(latest.at) }) : null}
      </p>
      <div>
        <ButtonLink href={`/consents/${policy}`} variant="secondary">
          {t(`see.${standing}`)}
        </ButtonLink>
      </div>
    </Section>
  );
}
