import { useTranslations } from "next-intl";
import { Field } from "#app/_ui/field.tsx";
import { grouped } from "#app/_ui/reference.tsx";

/** Reference and recovery code: what somebody has who cannot sign in. */
export function CodeFields({ reference }: { readonly reference: string | undefined }) {
  const t = useTranslations("erasure.stop");
  return (
    <>
      <Field name="reference" label={t("reference")} hint={t("referenceHint")} size="short" maxLength={40} autoComplete="off" defaultValue={reference ? grouped(reference) : undefined} literal />
      <Field name="code" label={t("code")} hint={t("codeHint")} size="code" maxLength={40} autoComplete="off" literal />
    </>
  );
}
