import path from "node:path";
import type { WebConfig } from "#lib/config/config.ts";

/** Beside the register of erasures: the two files an operator copies away from this machine. */
export function anchorFile({ dataDir }: Pick<WebConfig, "dataDir">): string {
  return path.join(dataDir, "audit-anchors.ndjson");
}
