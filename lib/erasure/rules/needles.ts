import { localpartOf } from "#lib/matrix/mxid.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { Memory } from "../memory.ts";
import type { Trace } from "../residue.ts";

/** Texts by which a trace of the person is known, all from Synapse's database. Of their words none is kept: those are known by the row they stand in. */
export interface Needles {
  readonly mxid: string;
  readonly localpart: string;
  readonly of: Readonly<Record<Trace, readonly string[]>>;
}

export function needlesOf(memory: Memory): Needles {
  const { mxid, names, avatars, mails, phones, externalIds, deviceIds, ips, mediaIds } = memory;
  return {
    mxid,
    localpart: localpartOf(mxid as Mxid),
    of: {
      mxid: [mxid],
      name: [...names, ...avatars],
      address: [...mails, ...phones, ...externalIds],
      device: deviceIds,
      ip: ips,
      media: mediaIds,
      text: [],
    },
  };
}

/** One or two letters stand in every second message: to find them says nothing. */
const shortest = 3;

/** As it may stand inside a longer text: itself, as JSON writes it, and as JSON of plain ASCII writes it. */
export function formsOf(text: string): readonly string[] {
  if ([...text].length < shortest) return [];
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [...new Set([text, json, ascii])];
}
