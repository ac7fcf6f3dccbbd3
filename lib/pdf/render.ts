import type { DocumentContent } from "./content.ts";

/** Renders a document to PDF bytes. Worker only: it takes seconds and a core. */
export type RenderPdf = (content: DocumentContent) => Promise<Buffer>;
