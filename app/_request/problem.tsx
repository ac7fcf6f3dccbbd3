import { useTranslations } from "next-intl";
import { Notice } from "#app/_ui/notice.tsx";

/** What a form without an answer page of its own sent back: `?problem=<key under errors>`, with an id for bugs. */
export function Problem({ query }: { readonly query: Readonly<Record<string, string | string[] | undefined>> }) {
  const t = useTranslations("errors");
  const { problem, id } = query;
  if (typeof problem !== "string") return null;
  const key = t.has(problem) ? problem : "refused";
  return (
    <Notice tone="danger" live>
      <p>{t(key, { id: typeof id === "string" && /^[0-9a-f]{1,20}$/.test(id) ? id : "" })}</p>
    </Notice>
  );
}
