import type { Catalogue, CatalogueMedia } from "../catalogue.ts";
import { partName } from "../parts.ts";
import { type ViewerEvent, readEvent } from "./event.ts";
import type { Keyring } from "./megolm/keyring.ts";
import type { Parts } from "./parts-on-disk.ts";

/** Where an event is: part times 4096 plus place. Ascending is the order of the copy. */
export type Ref = number;
const places = 4096;
export const refOf = (part: number, at: number): Ref => part * places + at;
export const partOf = (ref: Ref): number => Math.floor(ref / places);
export const placeOf = (ref: Ref): number => ref % places;

/** The copy as the page has it: its table of contents, its events, and the keys somebody brought. */
export interface Copy {
  readonly catalogue: Catalogue;
  keys: Keyring | null;
  media(address: string): CatalogueMedia | null;
  load(part: number): Promise<readonly string[]>;
  read(json: string): ViewerEvent;
  /** Null while its part is on the way; `wait` then tells when it is worth asking again. */
  event(ref: Ref): ViewerEvent | null;
  wait(ref: Ref): Promise<unknown>;
  /** The room of the catalogue an event of this place lies in. */
  roomAt(ref: Ref): number;
}

export function openCopy(catalogue: Catalogue, parts: Parts): Copy {
  const starts = catalogue.rooms.map((room) => refOf(room.part, room.at));
  return {
    catalogue,
    keys: null,
    media: (address) => (Object.hasOwn(catalogue.media, address) ? (catalogue.media[address] ?? null) : null),
    load: (part) => parts.load(partName(part)),
    read(json) {
      const event = readEvent(json, this.keys);
      return event.sender === "" ? { ...event, sender: catalogue.subject } : event;
    },
    event(ref) {
      const json = parts.held(partName(partOf(ref)))?.[placeOf(ref)];
      return json === undefined ? null : this.read(json);
    },
    wait: (ref) => parts.load(partName(partOf(ref))),
    roomAt: (ref) => lastAtMost(starts, ref),
  };
}

/** Index of the last of the ascending numbers that is not above `value`; -1 when all are. */
export function lastAtMost(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
