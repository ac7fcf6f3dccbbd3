/** One event's JSON: as stored, and as the subject gets it back if it is theirs. */
export interface Text {
  readonly stored: string;
  readonly kept: string;
}

export interface TextInput {
  readonly sender: string;
  readonly type: string;
  readonly stateKey: string | null;
  readonly content: Readonly<Record<string, unknown>>;
  /** The person is another one than the sender: the server's copy of their profile is theirs. */
  readonly aboutOther: boolean;
  readonly mark: string;
  readonly foreign: string;
}

/** Written by hand and not by a serialiser: what must come back is compared byte for byte. */
export const textForms = ["plain", "state of others", "controls", "escapes", "numbers", "twice", "odd spacing", "end of copy", "no unsigned"] as const;
export type TextForm = (typeof textForms)[number];

export function textOf(form: TextForm, input: TextInput): Text {
  const { sender, type, stateKey, content, aboutOther, mark, foreign } = input;
  const profile = aboutOther ? `"displayname":"${foreign}","avatar_url":"mxc://x/${foreign}"` : "";
  const inner = JSON.stringify({ ...content, mark }).slice(1, -1);
  const said = `${inner}${extra[form]}`;
  const key = stateKey === null ? "" : `,"state_key":${JSON.stringify(stateKey)}`;
  const [open, comma] = form === "odd spacing" ? ['{ "content" : ', " , "] : ['{"content":', ","];
  const head = (cut: boolean) => `${open}{${said}${profile && !cut ? `,${profile}` : ""}}${comma}"sender":${JSON.stringify(sender)}${comma}"type":${JSON.stringify(type)}${key}`;
  const unsigned = form === "no unsigned" ? ["", ""] : form === "state of others" ? [stateOf(foreign), ',"unsigned":{"age":5,"replaces_state":"$x"}'] : [',"unsigned":{"age_ts":1}', ',"unsigned":{"age_ts":1}'];
  return { stored: `${head(false)}${unsigned[0]}}`, kept: `${head(true)}${unsigned[1]}}` };
}

const extra: Readonly<Record<TextForm, string>> = {
  plain: "",
  "state of others": "",
  controls: ',"raw":"\u0001 \u0001\u0001 \u0002 \t \n \r"',
  escapes: String.raw`,"nul":"\u0000 \ud800 é 𝒳"`,
  numbers: ',"big":9007199254740993,"huge":1e400,"zero":-0',
  twice: ',"a":1,"a":2',
  "odd spacing": ',"a" : [ ]',
  "end of copy": String.raw`,"copy":"\\. \" ,\"event\":{\"unsigned\":{\"x\":1}}"`,
  "no unsigned": "",
};

function stateOf(foreign: string): string {
  return `,"unsigned":{"age":5,"prev_content":{"body":"${foreign}"},"replaces_state":"$x","prev_sender":"@${foreign}:x"}`;
}
