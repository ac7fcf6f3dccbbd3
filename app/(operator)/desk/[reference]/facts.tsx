import { useTranslations } from "next-intl";
import { useScopeWords } from "#app/_request/scope-words.ts";
import { WishList } from "#app/_request/wish-list.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { CaseFacts } from "./case-facts.tsx";

/** Of a copy: which kinds, from when to when, with or without media. */
export function Facts({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.case");
  const scope = useScopeWords(view.scope);
  return (
    <CaseFacts
      view={view}
      more={[
        { key: "scope", term: t("scope"), value: scope.kinds },
        ...(view.wishes.length > 0 ? [{ key: "wishes", term: t("wishes"), value: <WishList wishes={view.wishes} reasons /> }] : []),
        { key: "range", term: t("range"), value: scope.range },
        { key: "media", term: t("media"), value: scope.media },
      ]}
    />
  );
}
