import type { createFormatter } from "next-intl";
import { useFormatter, useTranslations } from "next-intl";
import { getFormatter, getTranslations } from "next-intl/server";
import { dayFormat } from "#app/_ui/when.tsx";
import { kindIds, type ExportScope } from "#lib/kinds/kind.ts";

type Say = (key: string, values?: Record<string, string | number>) => string;

export interface ScopeWords {
  readonly kinds: string;
  readonly range: string;
  readonly media: string;
}

/** A scope in three answers: contents, dates, media files. */
export function scopeWords(scope: ExportScope, t: Say, kinds: Say, format: Pick<ReturnType<typeof createFormatter>, "dateTime" | "list">): ScopeWords {
  const day = (date: string) => format.dateTime(new Date(date), { ...dayFormat, timeZone: "UTC" });
  const names = format.list(scope.kinds.map((id) => kinds(`${id}.name`)));
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
  return scopeWords(scope, useTranslations("requests.check") as Say, useTranslations("kinds") as Say, useFormatter());
}

export async function getScopeWords(scope: ExportScope): Promise<ScopeWords> {
  return scopeWords(scope, (await getTranslations("requests.check")) as Say, (await getTranslations("kinds")) as Say, await getFormatter());
}
