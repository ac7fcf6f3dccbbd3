/**
 * Who may import whom. Each comment says what it means when the rule fires.
 * Types may cross any wall except out of a door, so most rules look at what is left after the types are gone.
 */
const ports = "^lib/(matrix|synapse-db|mail|storage|pdf|leak-gate)/";
const domain = "^lib/(requests|kinds|export|erasure|audit|people|consent|reports)/";
/** Files of the ports that are values but not I/O: ids, typed errors, the SQL tag, the rendering of a letter. */
const portWords = "^lib/(matrix/(homeserver|mxid|eraser|teller)|synapse-db/(synapse-db|sql)|mail/(mailer|letters/.*)|storage/storage|pdf/render|leak-gate/(gate|verdict))\\.ts$";
/** Nouns: decisions without I/O. A new one is added here on purpose. */
const nouns =
  "^lib/(requests/(machine|consent-review|timing|working-days|bars|extension-barred|clock-wakes|enquiry-effects|explain-due|jurisdictions|extension-reasons|enquiry|states|effect|effects|clock-effects|erasure-effects|hold-reasons|risks|deadline|reference|code|crockford|keys|letter-orders|inputs|denial-reasons|release-reasons|not-me-key|errors|events|facts|wishes|calendar|retention|erased-prefix)|people/account-state|consent/(policy-file|link|ledger|comparison|signal|diff|receipt)|export/(scope|ledger|manifest)|matrix/mxid|kinds/kind|erasure/(plan|memory|residue|power|room-version|stays|risks-of|residue-rules|rules/(rule|reasons|account|rooms|unread|needles))|reports/numbers)\\.ts$";
const runtimeOnly = { dependencyTypesNot: ["type-only"] };

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "R1-two-doors",
      comment: "Something imports a door. What it needs from there belongs in a room behind it.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/worker/" },
      to: { path: "^(app|lib/worker)/" },
    },
    {
      name: "R1-web-does-not-open-the-workers-door",
      comment: "A page reaches into the worker. Enqueue a job instead.",
      severity: "error",
      from: { path: "^(app/|proxy\\.ts)" },
      to: { path: "^lib/worker/" },
    },
    {
      name: "R2-pure-core",
      comment: "A noun learned to do I/O. Let the verb load what the noun needs and hand it in.",
      severity: "error",
      from: { path: nouns },
      to: { ...runtimeOnly, pathNot: [nouns, "^lib/(errors|messages/languages)\\.ts$", "node_modules/(zod|temporal-polyfill|temporal-spec|date-holidays|diff)", portWords, "^(node:)?crypto$"] },
    },
    {
      name: "R3-pages-speak-to-verbs",
      comment: "A page touches the database, a port or the queue. Write a verb or a view in its room.",
      severity: "error",
      from: { path: "^app/" },
      to: { ...runtimeOnly, path: ["^lib/(db|jobs|synapse-db|mail|storage|pdf|matrix)/", "node_modules/(pg|pg-boss|@prisma)/"], pathNot: portWords },
    },
    {
      name: "R4-rooms-know-ports-by-type",
      comment: "A domain room builds its own adapter. It must come in through the context.",
      severity: "error",
      from: { path: domain },
      to: { ...runtimeOnly, path: ports, pathNot: portWords },
    },
    {
      name: "R5-ports-know-no-domain",
      comment: "A port learned about requests or kinds. Pass it what it needs in its own words.",
      severity: "error",
      from: { path: ports, pathNot: "^lib/(mail/(send|letters/)|pdf/)" },
      to: { ...runtimeOnly, path: domain },
    },
    {
      name: "R6-rooms-are-a-tree",
      comment: "A lower room reaches up: requests, kinds and audit may not know who uses them.",
      severity: "error",
      from: { path: "^lib/(requests|kinds|audit|people)/" },
      to: { ...runtimeOnly, path: "^lib/(export|erasure|consent|reports)/" },
    },
    {
      name: "R6-kinds-and-audit-are-leaves",
      comment: "Kinds and audit serve the other rooms and know none of them.",
      severity: "error",
      from: { path: "^lib/(kinds|audit)/" },
      to: { ...runtimeOnly, path: "^lib/(requests|people|export|auth)/" },
    },
    {
      name: "R6-rights-stand-apart",
      comment: "Export, erasure and consent are separate rights: what two of them share belongs in requests or kinds.",
      severity: "error",
      from: { path: "^lib/(export|erasure|consent)/" },
      to: { ...runtimeOnly, path: "^lib/(export|erasure|consent)/", pathNot: "^lib/$1/" },
    },
    {
      name: "R6-messages-is-a-leaf",
      comment: "The catalogue knows nothing of those who speak: hand it what a sentence needs.",
      severity: "error",
      from: { path: "^lib/messages/" },
      to: { ...runtimeOnly, path: "^(lib|app)/", pathNot: "^lib/messages/" },
    },
    {
      name: "R6-no-cycles",
      comment: "Two files need each other: one of them holds something that belongs in a third.",
      severity: "error",
      from: { path: "^(app|lib)/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "R7-auth-belongs-to-the-web",
      comment: "The worker asks who is at the door. It has no door: it acts on rows.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/(auth|runtime/web)" },
      to: { ...runtimeOnly, path: "^lib/auth/" },
    },
    {
      name: "R7-pdf-and-synapse-db-belong-to-the-worker",
      comment: "The web process would load the PDF engine or reach Synapse's database.",
      severity: "error",
      from: { path: ["^app/", "^lib/(auth|runtime/web)", "^proxy\\.ts$"] },
      to: { ...runtimeOnly, path: ["^lib/(pdf|synapse-db)/", "node_modules/@react-pdf/"], pathNot: portWords },
    },
    {
      name: "R10-leak-gate-stands-alone",
      comment: "The gate learned from the builder what to expect, and would follow it into every mistake. Write down a second time what it must know.",
      severity: "error",
      from: { path: "^lib/leak-gate/" },
      to: { path: "^(app|lib)/", pathNot: "^lib/(leak-gate|storage)/" },
    },
    {
      name: "R11-the-viewer-stands-alone",
      comment: "The viewer runs in the reader's browser, years from now: what it needs from another room would be bundled into every package.",
      severity: "error",
      from: { path: "^lib/viewer/" },
      to: { ...runtimeOnly, path: "^(app|lib)/", pathNot: "^lib/viewer/" },
    },
    {
      name: "R9-no-tests-in-production",
      comment: "Production code imports a test. Move what is shared into its room.",
      severity: "error",
      from: { path: "^(app|lib)/" },
      to: { path: "^tests/" },
    },
    {
      name: "no-unresolvable",
      comment: "The import points at nothing.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(server-only$|next/types)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(lib/db/generated|lib/viewer/generated|\\.next)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"], extensions: [".ts", ".tsx", ".mjs", ".js", ".json"] },
  },
};
