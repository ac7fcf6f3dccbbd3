import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import { signInAgain } from "#app/_server/guard.ts";
import type { PackageSummary } from "#lib/export/manifest.ts";
import type { PackageView } from "#lib/requests/view-parts.ts";
import type { RequestView } from "#lib/requests/views.ts";
import type { WebContext } from "#lib/context.ts";
import styles from "./download.module.css";

/** The way to the file, with all one needs to judge it. An old sign-in is renewed first, and comes back here. */
export function Download(props: { readonly reference: string; readonly file: PackageView; readonly checked: RequestView["checked"]; readonly ctx: WebContext }) {
  const { reference, file, checked, ctx } = props;
  const t = useTranslations("requests.download");
  const format = useFormatter();
  const size = bytesInWords(format, file.bytes);
  const { missing } = (file.summary as PackageSummary).media;
  const again = signInAgain(ctx, `/requests/${reference}`);
  return (
    <Section id="download" title={t("title")}>
      {again ? (
        <>
          <p>{t("againText")}</p>
          <div>
            <ButtonLink href={again}>{t("again")}</ButtonLink>
          </div>
        </>
      ) : (
        <form method="post" action={`/requests/${reference}/download`}>
          <Button type="submit">{t(file.downloads > 0 ? "actionAgain" : "action", { size })}</Button>
        </form>
      )}
      <SummaryList
        dense
        facts={[
          { key: "size", term: t("size"), value: t("sizeValue", { size, bytes: file.bytes }) },
          { key: "until", term: t("until"), value: <When at={file.expiresAt} /> },
          { key: "built", term: t("built"), value: <When at={file.builtAt} /> },
          ...(checked ? [{ key: "checked", term: t("checked"), value: t("checkedValue", checked) }] : []),
          { key: "downloads", term: t("downloads"), value: t("downloadsValue", { count: file.downloads }) },
          { key: "sha", term: t("sha"), value: <Sha value={file.sha256} hint={t("shaHint")} /> },
        ]}
      />
      {missing > 0 ? <Notice tone="warning" title={t("missing", { count: missing })} /> : null}
      <p>{t("open")}</p>
      <p>{t("told")}</p>
    </Section>
  );
}

function Sha({ value, hint }: { readonly value: string; readonly hint: string }) {
  return (
    <>
      <code>{value}</code>
      <p className={styles.hint}>{hint}</p>
    </>
  );
}
