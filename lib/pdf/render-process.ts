import { renderToBuffer } from "@react-pdf/renderer";
import { text } from "node:stream/consumers";
import type { DocumentContent } from "./content.ts";
import { documentOf } from "./document.ts";
import { typefaceFor } from "./fonts.ts";
import { allText, printable } from "./printable.ts";

/** The process behind render-to-buffer.ts: a document as JSON in, PDF out. */
const content = JSON.parse(await text(process.stdin)) as DocumentContent;
const typeface = await typefaceFor(allText(content));
process.stdout.write(await renderToBuffer(documentOf(printable(content, (codePoint) => typeface.has(codePoint)), typeface.families)));
