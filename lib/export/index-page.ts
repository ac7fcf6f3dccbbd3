import type { PackageFacts } from "./facts.ts";
import { type Html, html, verbatim } from "./html.ts";
import { fileList } from "./index-files.ts";
import type { Approval } from "./order.ts";
import { linked, mark } from "./index-link.ts";
import { policyOf } from "./index-policy.ts";
import { contentsTable, missingTable } from "./index-tables.ts";
import { style } from "./index-style.ts";
import { viewerOf } from "./index-viewer.ts";
import { ledgerPath } from "./ledger.ts";
import type { Wording } from "./wording.ts";
import { viewerStyle } from "#lib/viewer/style.ts";

/**
 * index.html: what the person opens first, and what must explain itself to somebody who finds it on
 * a disk two years later. All of it can be read without script; the script adds the reading view.
 * No network: the policy in the page forbids it.
 */
export function indexPage(facts: PackageFacts, words: Wording): string {
  const { t } = words;
  const { manifest, policy } = facts;
  const title = t("title", { name: manifest.subject });
  const lead = t("lead", { controller: policy.controller.name, server: manifest.server, takenAt: words.moment(new Date(manifest.takenAt)) });
  const view = viewerOf(manifest, words.locale);
  const css = view ? style + viewerStyle : style;
  return html`<!doctype html>
<html lang="${words.locale}" dir="${words.direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(css, view?.script ?? null)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${verbatim(css)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="lead">${lead}</p>
<p class="soft">${t("readable")}</p>
<div id="viewer-place">${view ? html`<p>${linked(view.noScript, html`<a href="data/messages.csv">messages.csv</a>`)}</p>` : html`<p>${t("noViewer")}</p>`}</div>
</header>
<main>
${about(facts, words)}
<section><h2>${t("contents.heading")}</h2>
<p>${t("contents.lead", { included: manifest.totals.included })}</p>
${contentsTable(facts, words)}</section>
<section><h2>${t("missing.heading")}</h2>
<p>${linked(t("missing.lead", { ledger: mark }), html`<a href="${ledgerPath}">scope-ledger.csv</a>`)}</p>
${missingTable(facts, words)}</section>
${fileList(facts, words)}
${check(facts, words)}
${rights(facts, words)}
</main>${view ? html`
<script type="application/json" id="viewer-words">${verbatim(view.words)}</script>
<script>${verbatim(view.script)}</script>` : html``}
</body>
</html>
`.toString();
}

function about({ manifest, displayName, policy }: PackageFacts, words: Wording): Html {
  const { t } = words;
  const { scope } = manifest;
  const kinds = manifest.missing.some((gap) => gap.code === "NOT_ASKED")
    ? t("about.someKinds", { kinds: words.list(scope.kinds.map((id) => words.kind(id, "title"))) })
    : t("about.everything");
  const rows: readonly (readonly [string, Html | string])[] = [
    [t("about.person"), html`<bdi>${manifest.subject}</bdi>`],
    ...(displayName ? [[t("about.displayName"), html`<bdi>${displayName}</bdi>`] as const] : []),
    [t("about.server"), manifest.server],
    [t("about.controller"), html`<bdi>${policy.controller.name}</bdi>, <bdi>${policy.controller.address}</bdi>`],
    [t("about.dpo"), html`<a href="mailto:${policy.dpoMail}">${policy.dpoMail}</a>`],
    [t("about.reference"), manifest.reference ?? t("about.byLetter")],
    [t("about.takenAt"), words.moment(new Date(manifest.takenAt))],
    [t("about.writtenAt"), words.moment(new Date(manifest.writtenAt))],
    [t("about.askedFor"), kinds],
    ...manifest.approvals.map((approval) => [t("about.granted"), html`<bdi>${grantedText(approval, words)}</bdi>`] as const),
    [t("about.period"), words.period(scope)],
    [t("about.media"), scope.mediaFiles ? t("about.withMedia") : t("about.withoutMedia")],
    [t("about.madeBy"), `${manifest.software.portal}, ${manifest.software.homeserver}`],
  ];
  return html`<section><h2>${t("about.heading")}</h2><dl>${rows.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>
`)}</dl></section>`;
}

/** A kind on approval: which, since when, and the reason in the words it was given with. */
export function grantedText({ kind, at, reason }: Approval, words: Wording): string {
  return words.t("about.grantedValue", { kind: words.kind(kind, "title"), at: words.moment(new Date(at)), reason });
}

/** The portal's page that checks a package in the browser. */
export const verifyPath = "/verify";

/** The commands as people type them; what they do is in the sentence above them. */
export const checkCommands = {
  linux: "sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt",
  mac: "shasum -a 256 -c manifest-sha256.txt tagmanifest-sha256.txt",
  windows: 'gc manifest-sha256.txt, tagmanifest-sha256.txt | % { $h, $f = $_ -split "  ", 2; if ((Get-FileHash $f).Hash -ne $h) { "changed: $f" } }',
} as const;

function check({ policy }: PackageFacts, { t }: Wording): Html {
  const page = `${policy.portalUrl}${verifyPath}`;
  const systems = (["windows", "mac", "linux"] as const).map((system) => html`<h3>${t(`check.${system}`)}</h3>
<pre tabindex="0">${checkCommands[system]}</pre>
`);
  return html`<section><h2>${t("check.heading")}</h2>
<p>${linked(t("check.page", { page: mark }), html`<a href="${page}" rel="noreferrer">${page}</a>`)}</p>
<p>${t("check.lead")}</p>
${systems}<p>${t("check.result")}</p>
<p>${t("check.chain")}</p></section>`;
}

function rights({ policy }: PackageFacts, { t }: Wording): Html {
  const { name, url } = policy.authority;
  // The address is the operator's, but a page that outlives its operator must not carry a script link.
  const authority = /^https?:\/\//.test(url) ? html`<a href="${url}" rel="noreferrer">${name}</a>` : html`${name}`;
  return html`<section><h2>${t("rights.heading")}</h2>
<p>${t("rights.text")}</p>
<dl><dt>${t("about.dpo")}</dt><dd><a href="mailto:${policy.dpoMail}">${policy.dpoMail}</a></dd>
<dt>${t("rights.authority")}</dt><dd>${authority}</dd></dl></section>`;
}
