import { useTranslations } from "next-intl";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import type { EnquiryView } from "#lib/requests/enquiry.ts";
import styles from "./question-list.module.css";

/** Questions that are settled, each with its answer or with how it ended: the same for the person and for the desk. */
export function QuestionList({ enquiries }: { readonly enquiries: readonly EnquiryView[] }) {
  const t = useTranslations("clock.question");
  return enquiries.map(({ askedAt, question, doubt, answer, endedAt, ended }) => (
    <SummaryList
      key={askedAt.toISOString()}
      stacked
      facts={[
        { key: "question", term: t.rich("asked", { date: () => <When key="d" at={askedAt} /> }), value: <Words text={question} /> },
        ...(doubt ? [{ key: "doubt", term: t("doubt"), value: <Words text={doubt} /> }] : []),
        { key: "answer", term: endedAt ? t.rich("ended", { date: () => <When key="d" at={endedAt} /> }) : "", value: answer ? <Words text={answer} /> : t(`how.${ended ?? "closed"}`) },
      ]}
    />
  ));
}

function Words({ text }: { readonly text: string }) {
  return (
    <span className={styles.words} dir="auto">
      {text}
    </span>
  );
}
