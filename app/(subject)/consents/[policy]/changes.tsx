import { useTranslations } from "next-intl";
import { Prose, Section } from "#app/_ui/page.tsx";
import type { Block, Part } from "#lib/consent/diff.ts";
import type { ConsentView } from "#lib/consent/view-consent.ts";
import styles from "./changes.module.css";

/** Paragraphs that stayed, beside a change, are shown; longer runs of them are folded. */
const beside = 1;

/** What a newer version changed, by words: marked for eyes by line and colour, for ears by a word before it. */
export function Changes({ changes: { from, blocks }, language }: { readonly changes: NonNullable<ConsentView["changes"]>; readonly language: string }) {
  const t = useTranslations("consents.changes");
  return (
    <Section id="changes" title={t("title", { from })}>
      <p>{t("about")}</p>
      <div lang={language} className={styles.text}>
        <Prose>
          {folded(blocks).map((run, at) =>
            "hidden" in run ? (
              <p key={at} lang="" className={styles.folded}>
                {t("folded", { count: run.hidden })}
              </p>
            ) : (
              <p key={at} className={styles[run.is]}>
                {run.parts.map((part, index) => (
                  <Marked key={index} part={part} words={{ added: t("added"), removed: t("removed") }} />
                ))}
              </p>
            ),
          )}
        </Prose>
      </div>
    </Section>
  );
}

function Marked({ part: { is, text }, words }: { readonly part: Part; readonly words: { readonly added: string; readonly removed: string } }) {
  if (is === "kept") return text;
  const Mark = is === "added" ? "ins" : "del";
  return (
    <Mark>
      <span className="visually-hidden">{words[is]} </span>
      {text}
    </Mark>
  );
}

function folded(blocks: readonly Block[]): (Block | { readonly hidden: number })[] {
  const near = (at: number) => blocks.slice(Math.max(0, at - beside), at + beside + 1).some(({ is }) => is !== "kept");
  const shown: (Block | { hidden: number })[] = [];
  for (const [at, block] of blocks.entries()) {
    const last = shown.at(-1);
    if (near(at)) shown.push(block);
    else if (last && "hidden" in last) last.hidden += 1;
    else shown.push({ hidden: 1 });
  }
  return shown;
}
