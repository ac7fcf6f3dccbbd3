import { spawn } from "node:child_process";
import { buffer, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { bareEnv } from "#lib/bare-env.ts";
import type { RenderPdf } from "./render.ts";

const timeoutMs = 120_000;
/** Keeps the child near 150 MB; without it Node grows its young generation for nothing. */
const memory = ["--max-semi-space-size=2", "--max-old-space-size=256"];

/**
 * Renders in a process of its own: layout blocks the event loop for a second and leaves 100 MB
 * behind, and a worker has leases to renew. The child gets neither secrets nor settings.
 */
export const renderPdf: RenderPdf = async (content) => {
  const script = fileURLToPath(new URL("./render-process.ts", import.meta.url));
  const child = spawn(process.execPath, [...memory, script], { env: bareEnv(), stdio: ["pipe", "pipe", "pipe"], timeout: timeoutMs });
  child.stdin.on("error", () => undefined).end(JSON.stringify(content));
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [pdf, complaint, code] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (code !== 0 || !pdf.subarray(0, 5).equals(Buffer.from("%PDF-"))) {
    // The first line names the error; the document's own text is not in it.
    throw new Error(`rendering a PDF failed: ${complaint.split("\n").find((line) => /Error/.test(line))?.slice(0, 200) ?? `exit ${code}`}`);
  }
  return pdf;
};
