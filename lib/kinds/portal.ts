import type { Cell, Column, Kind, PortalRecord } from "#lib/kinds/kind.ts";

const columns: readonly Column[] = [
  { name: "record", type: "string" },
  { name: "at", type: "datetime" },
  { name: "request", type: "string" },
  { name: "what", type: "string" },
  { name: "state", type: "string" },
  { name: "until", type: "datetime" },
  { name: "count", type: "integer" },
  { name: "more", type: "string" },
];

/**
 * What this portal itself holds about the person: sign-ins, requests, letters, codes, packages, entries of the record of
 * proceedings. It is no part of Synapse; the rows come with the source.
 */
export const portal: Kind = {
  id: "portal",
  group: "rest",
  basis: "legal_obligation",
  retention: "limited",
  portable: false,
  covers: [],
  async tally({ portal: { length } }) {
    return length === 0 ? [] : [{ kind: "portal", room: null, candidates: length, included: length, tombstones: 0, excluded: {} }];
  },
  estimate: async (_, rows) => rows * 200,
  notes: async () => [],
  async *ndjson(source) {
    for (const record of source.portal) yield Buffer.from(`${JSON.stringify(record)}\n`);
  },
  csv: {
    columns,
    async *rows(source) {
      for (const record of source.portal) yield cells(record);
    },
  },
};

function cells({ record, at, request, what, state, until, count, more }: PortalRecord): readonly Cell[] {
  return [record, at, request, what, state, until, count, Object.keys(more).length === 0 ? null : JSON.stringify(more)];
}
