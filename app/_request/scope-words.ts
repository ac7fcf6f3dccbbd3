import { useLocale, useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { dateWords } from "#app/_ui/dates.ts";
import { kindIds, type ExportScope } from "#lib/kinds/kind.ts";

type Say = (key: string, values?: Record<string, string | number>) => string;

export interface ScopeWords {
  readonly kinds: string;
  readonly range: string;
  readonly media: string;
}

/** A scope in three answers: contents, dates, media files. */
export function scopeWords(scope: ExportScope, t: Say, kinds: Say, locale: string): ScopeWords {
  const day = dateWords(locale).calendarDay;
  const names = new Intl.ListFormat(locale).format(scope.kinds.map((id) => kinds(`${id}.title`)));
  const { from, to } = scope;
  const range = from && to ? "rangeBoth" : from ? "rangeFrom" : to ? "rangeTo" : "rangeAll";
  const media = !scope.kinds.includes("media") ? "mediaNone" : scope.mediaFiles ? "mediaYes" : "mediaNo";
  return {
    kinds:
      scope.kinds.length === kindIds.length
        ? t("kindsAll", { count: kindIds.length })
        : t("kindsSome", { count: scope.kinds.length, total: kindIds.length, names }),
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
