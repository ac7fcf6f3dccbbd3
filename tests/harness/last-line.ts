/** What a command that failed said last, as a sentence. */
export function lastLine(error: unknown): string {
  const said = (error as { stderr?: string }).stderr?.trim().split("\n").at(-1);
  const line = said || (error instanceof Error ? error.message.split("\n")[0] : String(error));
  return `${line?.replace(/\.$/, "")}.`;
}
