import { createHash } from "node:crypto";

/**
 * What index.html may load: its own style and script by their hashes, and, with the reading view, scripts, pictures, films and
 * sounds from the disk it lies on (`file:`; no origin of any network, also not its own when somebody puts the package on
 * a web server). No text may become markup or the address of a script (Trusted Types), but by the script's own policy.
 */
export function policyOf(style: string, script: string | null): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const reading = script === null ? [] : [`script-src ${hash(script)} file:`, "img-src file:", "media-src file:", "require-trusted-types-for 'script'", "trusted-types parts"];
  return ["default-src 'none'", ...reading, `style-src ${hash(style)}`, "base-uri 'none'", "form-action 'none'"].join("; ");
}
