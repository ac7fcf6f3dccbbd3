/** The style of index.html. Fonts are the reader's own: the page may fetch nothing. */
export const style = `
:root { color-scheme: light dark; --ink: #16202a; --soft: #4c5a67; --line: #c3ccd4; --paper: #fff; --raised: #f3f6f8; --accent: #0b5d8a; --on-accent: #fff; --edge: #6f7f8c; --mark: #ffe28a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf1; --soft: #a9b6c1; --line: #3d4a55; --paper: #12181d; --raised: #1b232a; --accent: #7cc4ee; --on-accent: #0d151b; --edge: #8494a1; --mark: #6b5300; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.6 "Noto Sans", system-ui, "Segoe UI", Roboto, sans-serif; }
main, header { max-width: 54rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 3rem; }
main { padding-bottom: 4rem; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; text-wrap: balance; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 3rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.0625rem; margin: 1.5rem 0 .25rem; }
p { max-width: 42rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
.lead { font-size: 1.125rem; }
.soft { color: var(--soft); }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .5rem 1.5rem; margin: 0; }
dt { color: var(--soft); overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .6rem .75rem .6rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; font-size: .9375rem; }
tfoot th, tfoot td { border-bottom: 0; font-weight: 700; }
tbody th { font-weight: 600; }
table.reasons th[scope="row"] { width: 28%; }
td.number, th.number { text-align: end; padding-inline-end: 1.75rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
td .soft, th .soft { display: block; font-weight: 400; font-size: .9375rem; max-width: 34rem; }
code, pre { font-family: ui-monospace, "Cascadia Mono", Consolas, monospace; font-size: .875rem; }
pre { background: var(--raised); border: 1px solid var(--line); padding: .75rem 1rem; overflow-x: auto; margin: 0 0 .75rem; }
td code { overflow-wrap: anywhere; word-break: break-all; }
summary { cursor: pointer; padding: .6rem 0; font-weight: 600; color: var(--accent); }
@media (max-width: 40rem) {
  header { padding-top: 1.5rem; }
  h1 { font-size: 1.5rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .75rem; }
  table.stack thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  table.stack, table.stack tbody, table.stack tfoot, table.stack tr, table.stack th, table.stack td { display: block; border: 0; padding: 0; text-align: start; }
  table.stack tr { padding: .75rem 0; border-bottom: 1px solid var(--line); }
  table.stack td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); font-weight: 400; }
}
@media print {
  :root { --ink: #000; --soft: #333; --line: #999; --paper: #fff; --raised: #fff; --accent: #000; --mark: #fff; }
  body { font-size: 10.5pt; }
  header, main { max-width: none; padding: 0; }
  h2 { break-after: avoid; margin-top: 1.5rem; }
  tr { break-inside: avoid; }
  pre { white-space: pre-wrap; }
}
`;
