import { grown } from "./email-index";
import { alphanumeric } from "../faults/seeded-random";

type OptInProcess = "single_opt_in" | "double_opt_in";

/** One list of an account with its members: profile numbers in the order of joining. */
export interface List {
  readonly id: string;
  readonly serial: number;
  name: string;
  optInProcess: OptInProcess;
  readonly createdAt: number;
  updatedAt: number;
  readonly members: ListMembers;
}

export interface ListMembers {
  count(): number;
  /** Positions given out so far; those of members who left stay empty. */
  length(): number;
  at(position: number): number | undefined;
  has(profile: number): boolean;
  positionOf(profile: number): number | undefined;
  joinedAt(position: number): number;
  /** False for a profile that is a member already: it keeps its place and its time of joining. */
  add(profile: number, now: number): boolean;
  remove(profile: number): boolean;
}

/** 12 bytes a member, so that a list of ten million costs 120 MB and nothing on the heap. */
export function createListMembers(): ListMembers {
  // Both hold a number plus one, so that zero means "none".
  let placeOf = new Uint32Array(64);
  let order = new Uint32Array(64);
  let joined = new Uint32Array(64);
  let length = 0;
  let count = 0;

  return {
    count: () => count,
    length: () => length,
    at(position) {
      const entry = order[position] ?? 0;
      return entry === 0 ? undefined : entry - 1;
    },
    has: (profile) => (placeOf[profile] ?? 0) !== 0,
    positionOf(profile) {
      const place = placeOf[profile] ?? 0;
      return place === 0 ? undefined : place - 1;
    },
    joinedAt: (position) => (joined[position] ?? 0) * 1000,
    add(profile, now) {
      if ((placeOf[profile] ?? 0) !== 0) return false;
      if (profile >= placeOf.length) placeOf = grown(placeOf, profile);
      if (length >= order.length) {
        order = grown(order, length);
        joined = grown(joined, length);
      }
      order[length] = profile + 1;
      joined[length] = Math.floor(now / 1000);
      length += 1;
      placeOf[profile] = length;
      count += 1;
      return true;
    },
    remove(profile) {
      const place = placeOf[profile] ?? 0;
      if (place === 0) return false;
      placeOf[profile] = 0;
      order[place - 1] = 0;
      count -= 1;
      return true;
    },
  };
}

export interface ListStore {
  /** Lists in order of creation; deleted ones leave a gap, so that pages don't shift. */
  readonly all: readonly (List | undefined)[];
  get(id: string): List | undefined;
  create(list: NewList, now: number): List;
  delete(id: string): boolean;
}

export interface NewList {
  readonly id?: string | undefined;
  readonly name: string;
  readonly optInProcess?: OptInProcess | undefined;
}

export function createListStore(seed: number): ListStore {
  const all: (List | undefined)[] = [];
  const byId = new Map<string, List>();
  return {
    all,
    get: (id) => byId.get(id),
    create(list, now) {
      const serial = all.length;
      const made: List = {
        id: list.id ?? alphanumeric(6, seed, serial),
        serial,
        name: list.name,
        optInProcess: list.optInProcess ?? "double_opt_in",
        createdAt: now,
        updatedAt: now,
        members: createListMembers(),
      };
      all.push(made);
      byId.set(made.id, made);
      return made;
    },
    delete(id) {
      const list = byId.get(id);
      if (list === undefined) return false;
      byId.delete(id);
      all[list.serial] = undefined;
      return true;
    },
  };
}
