import type { ReactElement } from "react";

/** Renders one of the documents of this room to PDF bytes. Worker only: it takes seconds and a core. */
export type RenderPdf = (document: ReactElement) => Promise<Buffer>;
