import type { Eraser, Puppet } from "#lib/matrix/eraser.ts";
import { HomeserverRefused, HomeserverUnavailable, type Account, type MediaId, type Mxid, type RoomId } from "#lib/matrix/homeserver.ts";
import { eraserPuppet } from "./eraser-puppet.ts";
import { redactionRuns } from "./eraser-runs.ts";
import { eraserWorld, joinedOf, type EraserWorld } from "./eraser-world.ts";
import { faults, type Faults } from "./faults.ts";
import { fakeHomeserver, type FakeHomeserver } from "./homeserver.ts";

export type EraserMethod = Exclude<keyof Eraser, "authority"> | keyof Puppet;

export interface FakeEraser extends Eraser, EraserWorld, Faults<EraserMethod> {
  /** The same homeserver by its other port: accounts change there too. */
  readonly homeserver: FakeHomeserver;
  /** What happened, in order: "suspend @a:x", "thaw @a:x", "redact $e", "leave !r", "media m1", "deactivate @a:x", "lock @a:x", "purge !r" … */
  readonly effects: readonly string[];
  /** Effects that happened more than once. */
  repeated(): string[];
  addPerson(mxid: string, account?: Partial<Account>): Mxid;
  /** `stuck`: the homeserver lists it and cannot delete it. */
  addMedia(mxid: string, files: number, stuck?: boolean): void;
  addDevices(mxid: string, devices: number): void;
  addDelayed(mxid: string, events: number): void;
  /** External ids. `bound`: their addresses are at an identity server too, which deactivation then asks to unbind. */
  addIdentities(mxid: string, identities: number, bound?: boolean): void;
  identitiesOf(mxid: string): number;
  /** S13: deactivation answers 400 and does nothing while an identity server refuses. */
  identityServer(answers: "success" | "no-support" | "refuses"): void;
  /** The next so many attempts to take a deactivated account out of the room fail, unseen. */
  failParting(room: string, times?: number): void;
  /** Sessions that are written down late, after the account is gone. */
  lateDevices(mxid: string, devices: number): void;
  /** The homeserver was restarted: it knows no run and no purge any more, and what is written late has been. */
  restarted(): void;
}

/** Polls a background task is seen running before it is seen finished. */
const patience = 1;

/**
 * In-memory twin of lib/matrix/eraser-synapse.ts with its traps; tests/contract/eraser.ts holds for both. What a run redacts it
 * redacts when started, and says so later; rooms of a deactivated account empty after the first look at
 * them; with `mas` it is not even deactivated before that.
 */
export function fakeEraser(options: { serverName?: string; authority?: Eraser["authority"]; homeserver?: FakeHomeserver } = {}): FakeEraser {
  const serverName = options.serverName ?? "test.example";
  const homeserver = options.homeserver ?? fakeHomeserver(serverName);
  const world = eraserWorld(serverName);
  const { call, control } = faults<EraserMethod>();
  const effects: string[] = [];
  const happened = (what: string) => void effects.push(what);
  const media = new Map<string, { id: MediaId; stuck: boolean }[]>();
  const counts = { devices: new Map<string, number>(), late: new Map<string, number>(), delayed: new Map<string, number>(), identities: new Map<string, number>() };
  const bound = new Set<string>();
  const parting = new Set<string>();
  const queued = new Set<string>();
  const purges = new Map<string, number>();
  let idServer: "success" | "no-support" | "refuses" = "success";

  const accountOf = (mxid: string) => {
    const account = homeserver.accounts.get(mxid);
    if (!account) throw new HomeserverRefused(404, "M_NOT_FOUND");
    return account;
  };
  const change = (mxid: string, more: Partial<Account>) => void homeserver.addAccount(mxid, { ...accountOf(mxid), ...more });
  const add = (map: Map<string, number>, mxid: string, more: number) => void map.set(mxid, (map.get(mxid) ?? 0) + more);
  const runs = redactionRuns({ world, happened, accountOf, patience });

  /** What Synapse does after it has answered: exceptions are swallowed, and the account counts as done. */
  function part(mxid: string): void {
    for (const room of joinedOf(world, mxid as Mxid).map((id) => world.rooms.get(id))) {
      if (room && room.partingFails > 0) room.partingFails -= 1;
      else if (room) world.setMembership(mxid, room.id, "leave");
    }
    parting.delete(mxid);
  }

  function deactivate(mxid: Mxid): Awaited<ReturnType<Eraser["deactivate"]>> {
    accountOf(mxid);
    if (bound.has(mxid) && idServer === "refuses") throw new HomeserverRefused(400, "M_UNKNOWN");
    happened(`deactivate ${mxid}`);
    const unbind = bound.delete(mxid) && idServer === "no-support" ? "no-support" : "success";
    if (options.authority === "mas") queued.add(mxid);
    else carryOut(mxid);
    return { unbind: options.authority === "mas" ? "not-told" : unbind };
  }

  function carryOut(mxid: string): void {
    queued.delete(mxid);
    for (const map of [counts.devices, counts.delayed]) map.delete(mxid);
    for (const room of world.rooms.values()) {
      if (["invite", "knock"].includes(room.members.get(mxid) ?? "")) world.setMembership(mxid, room.id, "leave");
    }
    change(mxid, { deactivated: true, erased: true, displayName: null, mails: [] });
    parting.add(mxid);
  }

  return {
    ...world,
    ...control,
    homeserver,
    effects,
    repeated: () => [...new Set(effects.filter((effect, at) => effects.indexOf(effect) !== at))],
    addPerson: (mxid, account = {}) => homeserver.addAccount(mxid, account),
    addMedia(mxid, files, stuck = false) {
      const own = media.get(mxid) ?? [];
      const more = Array.from({ length: files }, (_, at) => ({ id: `media${own.length + at}ofthisone` as MediaId, stuck }));
      media.set(mxid, [...own, ...more]);
    },
    addDevices: (mxid, devices) => add(counts.devices, mxid, devices),
    addDelayed: (mxid, events) => add(counts.delayed, mxid, events),
    addIdentities(mxid, identities, isBound = false) {
      add(counts.identities, mxid, identities);
      if (isBound) bound.add(mxid);
    },
    identitiesOf: (mxid) => counts.identities.get(mxid) ?? 0,
    identityServer: (answers) => void (idServer = answers),
    failParting(id, times = 1) {
      const room = world.rooms.get(id);
      if (room) room.partingFails = times;
    },
    lateDevices: (mxid, devices) => add(counts.late, mxid, devices),
    restarted() {
      runs.forget();
      purges.clear();
      for (const mxid of [...queued]) carryOut(mxid);
      for (const mxid of [...parting]) part(mxid);
      for (const [mxid, devices] of counts.late) add(counts.devices, mxid, devices);
      counts.late.clear();
    },

    authority: options.authority ?? "synapse",
    suspend: (mxid, suspended) =>
      call("suspend", () => {
        if (accountOf(mxid).suspended !== suspended) happened(`${suspended ? "suspend" : "thaw"} ${mxid}`);
        change(mxid, { suspended });
      }),
    startRedaction: (mxid, rooms, limit) => call("startRedaction", () => runs.start(mxid, rooms, limit)),
    redaction: (id) => call("redaction", () => runs.look(id)),
    actAs: (mxid) =>
      call("actAs", () => {
        accountOf(mxid);
        return eraserPuppet({ mxid, world, call, happened, accountOf, takeDelayed: () => takeAll(counts.delayed, mxid) });
      }),
    joinedRooms: (mxid) =>
      call("joinedRooms", () => {
        const rooms = joinedOf(world, mxid);
        if (parting.has(mxid)) part(mxid);
        if (queued.has(mxid)) carryOut(mxid);
        return rooms;
      }),
    mediaCount: (mxid) => call("mediaCount", () => media.get(mxid)?.length ?? 0),
    deleteMedia: (mxid) =>
      call("deleteMedia", () => {
        const own = media.get(mxid) ?? [];
        const gone = own.slice(0, 100).filter((file) => !file.stuck).map((file) => file.id);
        media.set(mxid, own.filter((file) => !gone.includes(file.id)));
        for (const id of gone) happened(`media ${id}`);
        return gone;
      }),
    clearIdentities: (mxid) =>
      call("clearIdentities", () => {
        accountOf(mxid);
        if (takeAll(counts.identities, mxid) > 0) happened(`identities ${mxid}`);
      }),
    deactivate: (mxid) => call("deactivate", () => deactivate(mxid)),
    lock: (mxid) =>
      call("lock", () => {
        if (!accountOf(mxid).locked) happened(`lock ${mxid}`);
        change(mxid, { locked: true });
      }),
    deviceCount: (mxid) => call("deviceCount", () => counts.devices.get(mxid) ?? 0),
    startPurge: (room) => call("startPurge", () => startPurge(room)),
    purge: (id) =>
      call("purge", () => {
        const polls = purges.get(id);
        if (polls === undefined) return null;
        purges.set(id, polls + 1);
        return polls < patience ? "running" : "complete";
      }),
  };

  function startPurge(id: RoomId): string {
    const local = [...(world.rooms.get(id)?.members ?? [])].filter(([mxid, membership]) => membership === "join" && mxid.endsWith(`:${serverName}`));
    if (local.length > 0) throw new HomeserverRefused(409, "ROOM_IN_USE");
    if (world.rooms.delete(id)) happened(`purge ${id}`);
    const purge = `purge ${id}`;
    if (!purges.has(purge)) purges.set(purge, 0);
    return purge;
  }
}

function takeAll(map: Map<string, number>, mxid: string): number {
  const all = map.get(mxid) ?? 0;
  map.delete(mxid);
  return all;
}

/** As http.ts reports 5xx, 429 and silence. */
export const away = (afterSeconds: number | null = null) => new HomeserverUnavailable("scripted", { afterSeconds });
export const refused = (status = 403, errcode = "M_FORBIDDEN") => new HomeserverRefused(status, errcode);
