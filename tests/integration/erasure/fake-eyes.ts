import type { Eyes, OwnEvent, RoomLeft } from "#lib/erasure/eyes.ts";
import type { Memory } from "#lib/erasure/memory.ts";
import { keptTypes, sweptTypes } from "#lib/erasure/redactable.ts";
import type { Residue } from "#lib/erasure/residue.ts";
import type { RoomId } from "#lib/matrix/homeserver.ts";
import type { FakeEraser } from "#tests/fakes/eraser.ts";
import type { FakeEvent } from "#tests/fakes/eraser-world.ts";

export interface FakeEyes extends Eyes {
  /** What the next looks at the residue find. */
  finds(residue: Partial<Residue>): void;
  /** Events the homeserver counts as too old to redact, by id. */
  readonly old: Set<string>;
}

const isSwept = ({ type, content }: FakeEvent) => (sweptTypes as readonly string[]).includes(type) || (type === "m.room.member" && content.membership === "join");
const isKept = ({ type }: FakeEvent) => (keptTypes as readonly string[]).includes(type);
const tells = ({ content }: FakeEvent) => ["displayname", "avatar_url", "reason"].some((key) => key in content) && !("m.deactivated" in content);
const isOther = (event: FakeEvent) => !isSwept(event) && !isKept(event) && (event.type !== "m.room.member" || tells(event));

/** The look into the database of tests/fakes/eraser.ts's homeserver. */
export function fakeEyes(eraser: FakeEraser): FakeEyes {
  const old = new Set<string>();
  let residue: Residue = { measuredAt: "2026-11-21T09:00:00.000Z", entries: [{ table: "receipts_linearized", column: "user_id", trace: "mxid", rows: 2, why: "synapse_keeps", law: null, sql: null, goesBy: null }], unexplained: [] };
  const memberships = (mxid: string) => [...eraser.rooms.values()].filter((room) => eraser.events.some((event) => event.room === room.id && (event.sender === mxid || event.stateKey === mxid)));
  return {
    old,
    finds: (more) => void (residue = { ...residue, ...more }),
    async memory(mxid): Promise<Memory> {
      const account = eraser.homeserver.accounts.get(mxid);
      return {
        mxid, accountCreatedAt: Math.floor((account?.createdAt.getTime() ?? 0) / 1000), names: ["Rosa"], avatars: [], mails: [...(account?.mails ?? [])], phones: [], externalIds: ["sso-1"],
        deviceIds: ["PHONE", "LAPTOP"], ips: ["192.0.2.1"], mediaIds: ["m1"], rooms: memberships(mxid).map(({ id, version }) => ({ id, version })), identityServers: ["id.example"], suspendedBefore: account?.suspended ?? false,
      };
    },
    async left(mxid): Promise<RoomLeft[]> {
      const own = eraser.events.filter((event) => event.sender === mxid && event.type !== "m.room.redaction");
      return [...eraser.rooms.values()].map((room) => {
        const all = own.filter((event) => event.room === room.id);
        const open = all.filter((event) => event.redactions === 0);
        return {
          room: room.id, version: room.version, swept: open.filter(isSwept).length, others: open.filter(isOther).length, kept: open.filter(isKept).length, rejected: 0,
          tooOld: open.filter((event) => old.has(event.id)).length, total: all.filter((event) => isSwept(event) || event.type === "m.room.member").length,
        };
      }).filter((each) => each.swept + each.others + each.kept > 0);
    },
    async leftIn(mxid, rooms, { after, size, names }): Promise<OwnEvent[]> {
      const found = eraser.events.filter((event) => event.sender === mxid && rooms.includes(event.room) && event.redactions === 0 && event.type !== "m.room.redaction" && event.id > after && !old.has(event.id));
      return found.filter((event) => (names ? event.type === "m.room.member" && tells(event) : isSwept(event) || isOther(event)))
        .map(({ id, room }) => ({ id, room })).sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, size);
    },
    pending: async (mxid) => [...eraser.rooms.values()].filter(({ members }) => ["invite", "knock"].includes(members.get(mxid) ?? "")).map(({ id }) => id),
    async deserted(mxid, rooms): Promise<RoomId[]> {
      const nobody = ({ members }: { members: ReadonlyMap<string, string> }) => [...members].every(([who, how]) => (who === mxid ? how === "leave" || how === "ban" : !who.endsWith(":test.example")));
      return [...eraser.rooms.values()].filter((room) => rooms.includes(room.id) && nobody(room)).map(({ id }) => id);
    },
    residue: async () => residue,
  };
}
