/** What a command that failed said last, as a sentence. */
export function lastLine(error: unknown): string {
  const { code, path, stderr } = error as { code?: unknown; path?: string; stderr?: string };
  if (code === "ENOENT" && path !== undefined && !path.includes("/")) return `${path} is not installed.`;
  const said = stderr?.trim().split("\n").at(-1);
  const line = said || (error instanceof Error ? error.message.split("\n")[0] : String(error));
  return `${line?.replace(/\.$/, "")}.`;
}
