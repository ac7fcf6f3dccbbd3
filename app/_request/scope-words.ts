import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { dateWords } from "#app/_ui/dates.ts";
import { kindsByDefault, kindsOnApproval, type ExportScope, type KindId } from "#lib/kinds/kind.ts";

type Say = (key: string, values?: Record<string, string | number>) => string;

export interface ScopeWords {
  readonly kinds: string;
  /** Names of the kinds on approval that were asked for; "" when none was. */
  readonly onApproval: string;
  readonly range: string;
  readonly media: string;
}

/** A scope in answers: contents, what needs an approval, dates, media files. */
export function scopeWords(scope: ExportScope, t: Say, kinds: Say, locale: string): ScopeWords {
  const day = dateWords(locale).calendarDay;
  const list = (ids: readonly KindId[]) => new Intl.ListFormat(locale).format(ids.map((id) => kinds(`${id}.title`)));
  const chosen = scope.kinds.filter((id) => !kindsOnApproval.includes(id));
  const { from, to } = scope;
  const range = from && to ? "rangeBoth" : from ? "rangeFrom" : to ? "rangeTo" : "rangeAll";
  const media = !scope.kinds.includes("media") ? "mediaNone" : scope.mediaFiles ? "mediaYes" : "mediaNo";
  return {
    kinds:
      chosen.length === kindsByDefault.length
        ? t("kindsAll", { count: kindsByDefault.length })
        : t("kindsSome", { count: chosen.length, total: kindsByDefault.length, names: list(chosen) }),
    onApproval: list(scope.kinds.filter((id) => kindsOnApproval.includes(id))),
    range: t(range, { ...(from ? { from: day(from) } : {}), ...(to ? { to: day(to) } : {}) }),
    media: t(media),
  };
}

export function useScopeWords(scope: ExportScope): ScopeWords {
  return scopeWords(scope, useTranslations("requests.check") as Say, useTranslations("kinds") as Say, useLocale());
}

export async function getScopeWords(scope: ExportScope): Promise<ScopeWords> {
  return scopeWords(scope, (await getTranslations("requests.check")) as Say, (await getTranslations("kinds")) as Say, await getLocale());
}
