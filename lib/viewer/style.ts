/** The style of the reading view; colours are the names of index.html's own style, light and dark. */
export const viewerStyle = `
[hidden] { display: none !important; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.small { font-size: .9375rem; }
.note { color: var(--soft); font-size: .9375rem; margin: .15rem 0 0; }
.warning { border-inline-start: 4px solid var(--accent); padding: .5rem 1rem; background: var(--raised); }
button, input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: 4px; padding: .3rem .7rem; min-height: 2.5rem; max-width: 100%; }
button { cursor: pointer; background: var(--raised); }
button:hover { border-color: var(--accent); }
button:disabled { opacity: .6; cursor: default; }
button.link { background: none; border: 0; padding: 0; min-height: 1.75rem; color: var(--accent); text-decoration: underline; text-underline-offset: .15em; text-align: start; }
a.primary, button.primary { display: inline-block; background: var(--accent); color: var(--on-accent); border: 1px solid var(--accent); border-radius: 4px; padding: .55rem 1.1rem; font-weight: 600; text-decoration: none; }
input[type="checkbox"] { min-height: 1.25rem; inline-size: 1.25rem; block-size: 1.25rem; accent-color: var(--accent); }
:is(button, input, select, [tabindex]):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
progress { accent-color: var(--accent); block-size: .5rem; inline-size: 10rem; }

.bar { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; padding: .5rem 1.25rem; background: var(--raised); border-bottom: 1px solid var(--line); }
.bar nav { display: flex; gap: .25rem; }
.bar nav a { padding: .4rem .8rem; border-radius: 4px; text-decoration: none; color: var(--ink); }
.bar nav a:hover { text-decoration: underline; }
.bar nav a[aria-current] { background: var(--paper); font-weight: 600; box-shadow: inset 0 -3px 0 var(--accent); }
.bar form { display: flex; gap: .5rem; flex: 1 1 16rem; max-width: 30rem; margin-inline-start: auto; }
.bar input { flex: 1; min-width: 0; }

html.reading, html.reading body { block-size: 100%; }
html.reading body { display: flex; flex-direction: column; overflow: hidden; }
main.viewer { flex: 1; min-block-size: 0; inline-size: 100%; max-width: none; padding: 0; display: grid; grid-template-columns: minmax(15rem, 21rem) minmax(0, 1fr); }
.viewer .rooms { border-inline-end: 1px solid var(--line); overflow-y: auto; padding: 1rem 0; }
.viewer h2 { border: 0; padding: 0; margin: 0; font-size: 1.25rem; overflow-wrap: anywhere; }
.viewer .rooms h2, .viewer .rooms > p { padding: 0 1.25rem; }
.viewer .rooms h2 .small { font-weight: 400; }
.viewer .find { margin: .6rem 0; }
.viewer .find input { inline-size: 100%; }
.viewer .rooms ul { list-style: none; margin: 0; padding: 0; }
.viewer .rooms li a { display: block; padding: .55rem 1.25rem; color: var(--ink); text-decoration: none; line-height: 1.4; border-inline-start: 4px solid transparent; }
.viewer .rooms li { content-visibility: auto; contain-intrinsic-size: auto 4rem; }
.viewer .rooms li a:hover { background: var(--raised); }
.viewer .rooms li a:focus-visible { outline-offset: -3px; }
.viewer .rooms li a[aria-current] { background: var(--raised); border-inline-start-color: var(--accent); }
.viewer .rooms .name { display: block; overflow-wrap: anywhere; }
.viewer .rooms li a[aria-current] .name { font-weight: 600; }

.viewer .content { display: flex; min-inline-size: 0; min-block-size: 0; }
.viewer .choose { margin: auto; padding: 2rem; max-width: 26rem; text-align: center; }
.timeline { flex: 1; display: flex; flex-direction: column; min-inline-size: 0; min-block-size: 0; }
.timeline > header { max-width: none; margin: 0; padding: 1rem 1.5rem .25rem; }
.timeline > header p { margin: .1rem 0 0; overflow-wrap: anywhere; max-width: 48rem; }
.timeline h2:focus-visible { outline: none; }
.timeline .back { display: none; }
.tools { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: flex-start; justify-content: space-between; padding: .25rem 1.5rem .5rem; border-bottom: 1px solid var(--line); }
.tools summary { padding: .45rem 0; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: end; padding-bottom: .5rem; }
.filters p { margin: 0; }
.filters label { display: block; font-size: .9375rem; color: var(--soft); }
.filters .check { display: flex; gap: .5rem; align-items: center; min-height: 2.5rem; }
.filters .check label { color: var(--ink); font-size: 1rem; }
.ends { display: flex; gap: .5rem; flex-wrap: wrap; }
.tools .progress { flex: 1; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; color: var(--soft); font-size: .9375rem; min-height: 2.6rem; }
.tools .status { margin: 0; }
.paper { display: none; }
.timeline .none { padding: 2rem 1.5rem; color: var(--soft); }
.scroller { flex: 1; overflow-y: auto; overflow-anchor: none; min-block-size: 0; contain: strict; }
.scroller:focus-visible { outline-offset: -3px; }
.sizer { position: relative; overflow: clip; }
.pane { position: absolute; inset-inline: 0; top: 0; will-change: transform; }
.row { padding: 0 1.5rem; contain: layout style; }
.row:focus-visible { outline-offset: -3px; background: var(--raised); }
.row .day { margin: 0; padding: 1.25rem 0 .25rem; font-size: .9375rem; font-weight: 600; color: var(--soft); }
.row .day::after { content: ""; display: block; border-bottom: 1px solid var(--line); margin-top: .25rem; }
.row .line { display: grid; grid-template-columns: 4.25rem minmax(0, 1fr); gap: .75rem; padding: .35rem 0; }
.row .time { color: var(--soft); font-size: .9375rem; font-variant-numeric: tabular-nums; line-height: 1.8; overflow-wrap: anywhere; }
.row .what { max-width: 44rem; min-inline-size: 0; }
.row p { margin: 0; max-width: none; }
.row .said { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.row .label { color: var(--soft); overflow-wrap: anywhere; }
.row.quiet .said { color: var(--soft); }
.row figure { margin: .25rem 0; }
.row figcaption { font-size: .9375rem; overflow-wrap: anywhere; }
.row figcaption .sort { font-weight: 600; }
.row img, .row video { display: block; max-inline-size: min(100%, 26rem); max-block-size: 22rem; block-size: auto; object-fit: contain; background: var(--raised); border-radius: 4px; }
.row audio { display: block; inline-size: min(100%, 26rem); }
.row details summary { padding: .15rem 0; font-weight: 400; font-size: .9375rem; }
.row details ol { margin: .25rem 0; padding-inline-start: 1.25rem; }
.row details pre { max-block-size: 20rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.sheet { display: none; }

dialog.keys { max-width: 36rem; inline-size: calc(100% - 2rem); background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 6px; padding: 1.5rem; }
dialog.keys::backdrop { background: rgb(0 0 0 / .45); }
dialog.keys h2 { border: 0; padding: 0; margin: 0 0 .75rem; }
dialog.keys label { display: block; font-weight: 600; }
dialog.keys input { inline-size: 100%; }
dialog.keys .answer { min-height: 1.6em; font-weight: 600; }
dialog.keys .buttons { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; }

@media (max-width: 48rem) {
  .bar { padding: .4rem .75rem; gap: .4rem .75rem; }
  .bar form { max-width: none; }
  main.viewer { grid-template-columns: minmax(0, 1fr); }
  .viewer.reading-room .rooms, .viewer:not(.reading-room) .content { display: none; }
  .viewer .rooms { border: 0; }
  .timeline .back { display: inline-block; padding: .25rem 0; }
  .timeline > header, .tools { padding-inline: .75rem; }
  .bar nav a { padding: .3rem .6rem; font-size: 1rem; }
  .bar form button { position: absolute; inline-size: 1px; block-size: 1px; min-height: 0; padding: 0; overflow: hidden; clip-path: inset(50%); }
  .bar .open-keys { font-size: 1rem; min-height: 2.25rem; padding: .2rem .6rem; }
  .timeline .own { display: none; }
  .row { padding-inline: .75rem; }
  .row .line { grid-template-columns: minmax(0, 1fr); gap: 0; padding: .5rem 0; }
  .row .time { line-height: 1.4; }
}
@media print {
  .bar, .viewer .rooms, .tools, .timeline .back, .row .edits summary, #viewer-place, button { display: none !important; }
  html.reading, html.reading body { block-size: auto; display: block; overflow: visible; }
  main.viewer, .viewer .content, .timeline { display: block; }
  .scroller { contain: none; overflow: visible; }
  .sizer { block-size: auto !important; }
  .pane { position: static; transform: none !important; }
  .timeline:has(.sheet) .scroller { display: none; }
  .sheet, .timeline:not(:has(.sheet)) .paper { display: block; }
  .row { padding: 0; break-inside: avoid; }
  .row .day { break-after: avoid; }
}
`;
