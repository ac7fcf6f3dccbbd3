/**
 * A unique marker in one field of one person, so that a leak is a grep. Letters and digits only: it
 * survives HTML, CSV, JSON and URL escaping unchanged, and no marker is the beginning of another.
 */
export interface Canary {
  readonly marker: string;
  /** Localpart of who wrote the field. */
  readonly author: string;
  readonly field: string;
  /** Localpart of the person it is data about, when somebody else wrote it (a reason for a kick). */
  readonly concerns: string | null;
  /**
   * `gone`: redacted, or a secret of a device: must be nowhere. `label`: a room's name, allowed to people of the room.
   */
  readonly fate: "live" | "gone" | "label";
}

/** Puts a marker of `author` into a text: at the end, or before a file's extension. Without canaries the text stays as it is. */
export type Mark = (author: string, field: string, text: string, more?: { concerns?: string; fate?: Canary["fate"] }) => string;

/** @param run tells two worlds apart; null plants nothing */
export function marker(run: string | null): { mark: Mark; canaries: Canary[] } {
  const canaries: Canary[] = [];
  const mark: Mark = (author, field, text, more = {}) => {
    if (run === null) return text;
    const word = `zq${run}${author}${String(canaries.length).padStart(4, "0")}qz`;
    canaries.push({ marker: word, author, field, concerns: more.concerns ?? null, fate: more.fate ?? "live" });
    const extension = field === "file name" ? /\.[a-z0-9]+$/.exec(text)?.[0] : undefined;
    if (extension) return `${text.slice(0, -extension.length)} ${word}${extension}`;
    return text === "" ? word : `${text} ${word}`;
  };
  return { mark, canaries };
}

/** What must be nowhere in the package of `person`: everyone else's fields, and what was redacted. */
export function forbiddenTo(person: string, canaries: readonly Canary[]): Canary[] {
  return canaries.filter((canary) => canary.fate === "gone" || (canary.fate !== "label" && canary.author !== person && canary.concerns !== person));
}

/** What a complete package of `person` (all kinds, all time, with files) must hold. */
export function owedTo(person: string, canaries: readonly Canary[]): Canary[] {
  return canaries.filter((canary) => canary.fate === "live" && (canary.author === person || canary.concerns === person));
}
