import { ensureEmbedded } from "#lib/db/embedded.ts";

const { url, stop } = await ensureEmbedded(process.argv[2] ?? "");
process.stdout.write(`${url}\n`);
process.stdin.on("end", () => void stop()).resume();
