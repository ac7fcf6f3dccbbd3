import { useState } from "react";
import { Button } from "#app/_ui/button.tsx";
import { dateWords } from "#app/_ui/dates.ts";
import { Field } from "#app/_ui/field.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { visible } from "#lib/export/visible.ts";
import type { KeyList } from "#lib/signing/signature-file.ts";
import { verifyCertificate } from "#lib/signing/verify/verify-certificate.ts";
import { CertificateLines } from "./certificate-lines.tsx";
import styles from "./verify.module.css";
import { filled, type VerifyWords } from "./words.ts";

interface Props {
  readonly text: string;
  readonly keys: KeyList | null;
  readonly words: VerifyWords;
  readonly language: string;
}

/** A certificate of erasure: whether it is genuine, what it says, and whether it is about whoever types name and proof. */
export function CertificateView({ text, keys, words, language }: Props) {
  const { certificate: say, signatures, form } = words;
  const [typed, setTyped] = useState({ mxid: "", salt: "" });
  const [holder, setHolder] = useState<typeof typed | null>(null);
  const verdict = verifyCertificate(text, keys, holder);
  if (verdict.kind !== "checked") {
    return (
      <Notice tone="danger" title={words.outcome[verdict.kind === "not_ours" ? "not_ours_certificate" : "other_version"]}>
        <p>{words.explained[verdict.kind]}</p>
      </Notice>
    );
  }
  const { signature, kid, says, mine } = verdict;
  const good = signature === "valid" || signature === "valid_retired";
  const date = dateWords(language, new Intl.DateTimeFormat().resolvedOptions().timeZone).moment(new Date(says.issuedAt));
  const type = (name: keyof typeof typed) => (event: { target: { value: string } }) => {
    setTyped({ ...typed, [name]: event.target.value });
    setHolder(null);
  };
  return (
    <>
      <Notice tone={good ? "success" : signature === "no_keys" ? "warning" : "danger"} title={say[good ? "genuine" : signature === "no_keys" ? "unchecked" : "notGenuine"]} />
      <SummaryList
        facts={[
          { key: "signature", term: form.signature, value: <>{signatures[signature]} {kid === null ? null : <code>{filled(form.key, { kid })}</code>}</> },
          { key: "says", term: form.says, value: filled(say.says, { server: visible(says.homeserver), controller: visible(says.controller), date, reference: grouped(visible(says.reference)) }) },
        ]}
      />
      <CertificateLines text={text} words={words} language={language} />
      <form
        className={styles.check}
        onSubmit={(event) => {
          event.preventDefault();
          setHolder({ mxid: typed.mxid.trim(), salt: typed.salt });
        }}
      >
        <h2>{say.mine}</h2>
        <p>{say.mineAbout}</p>
        <Field name="mxid" label={say.mxid} autoComplete="off" literal input={{ value: typed.mxid, onChange: type("mxid") }} />
        <Field name="salt" label={say.salt} hint={say.saltHint} autoComplete="off" literal input={{ value: typed.salt, onChange: type("salt") }} />
        <div>
          <Button type="submit" variant="secondary">
            {say.check}
          </Button>
        </div>
        <div role="status">{mine === null ? null : <Notice tone={mine ? "success" : "danger"} title={mine ? say.isMine : say.notMine} />}</div>
      </form>
    </>
  );
}
