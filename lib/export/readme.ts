import type { PackageFacts } from "./facts.ts";
import { checkCommands, verifyPath } from "./index-page.ts";
import { visible } from "./visible.ts";
import type { Wording } from "./wording.ts";

/** README.txt: the short form of index.html for somebody with nothing but a text viewer. CRLF, as the oldest of them wants. */
export function readme({ manifest, policy }: PackageFacts, { t, moment }: Wording): string {
  const reference = manifest.reference === null ? null : visible(manifest.reference);
  const title = t("title", { name: visible(manifest.subject) });
  const lead = t("lead", { controller: visible(policy.controller.name), server: manifest.server, takenAt: moment(new Date(manifest.takenAt)) });
  const lines = [
    title,
    "=".repeat([...title].length),
    "",
    ...wrap(lead),
    "",
    ...wrap(t("readme.open")),
    "",
    ...wrap(`${t("readme.quote")}: ${reference ?? t("about.byLetter")}`),
    `${t("about.dpo")}: ${policy.dpoMail}`,
    "",
    ...wrap(t("check.page", { page: `${policy.portalUrl}${verifyPath}` })),
    "",
    ...wrap(t("check.lead")),
    `  ${t("check.windows")}: ${checkCommands.windows}`,
    `  ${t("check.mac")}: ${checkCommands.mac}`,
    `  ${t("check.linux")}: ${checkCommands.linux}`,
    "",
    ...wrap(t("check.result")),
    "",
    ...wrap(t("check.chain")),
    "",
  ];
  return lines.join("\r\n");
}

const width = 76;

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
