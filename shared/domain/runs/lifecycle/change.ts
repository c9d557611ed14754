/** What an item's attributes are called, and what lies within one: `subscribing.leaseUntil`. */
type Attribute<Item> =
  | (keyof Item & string)
  | {
      [Name in keyof Item & string]: NonNullable<Item[Name]> extends
        | string
        | number
        | boolean
        | readonly unknown[]
        | ReadonlySet<unknown>
        ? never
        : `${Name}.${keyof NonNullable<Item[Name]> & string}`;
    }[keyof Item & string];

/** What must hold of an item for a change to be made. Nothing is below or at most anything if it is not there. */
export type Requirement<Item> =
  | { readonly is: "absent" | "present"; readonly attribute: Attribute<Item> }
  | { readonly is: "equal"; readonly attribute: Attribute<Item>; readonly to: string | number }
  | { readonly is: "below" | "atMost"; readonly attribute: Attribute<Item>; readonly than: number }
  /** A set that does not have the member, or is not there. */
  | { readonly is: "without"; readonly attribute: Attribute<Item>; readonly member: number }
  | { readonly is: "either"; readonly of: readonly Requirement<Item>[] };

/** The attributes of an item that hold something of a kind. */
type Holding<Item, Kind> = {
  [Name in keyof Item & string]-?: NonNullable<Item[Name]> extends Kind ? Name : never;
}[keyof Item & string];

type Values<Item> = { readonly [Name in keyof Item]?: Item[Name] | undefined };

/** What a change makes of an item; what is `undefined` stays as it is. */
export interface Effects<Item> {
  readonly set?: Values<Item>;
  /** Attributes within another one. */
  readonly setWithin?: Readonly<
    Partial<Record<Exclude<Attribute<Item>, keyof Item>, string | number>>
  >;
  /** Set where there is nothing yet. */
  readonly setOnce?: Values<Item>;
  /** What is not there counts as 0. */
  readonly add?: Readonly<Partial<Record<Holding<Item, number>, number>>>;
  /** Members that sets get. */
  readonly include?: Readonly<
    Partial<Record<Holding<Item, ReadonlySet<number>>, readonly number[]>>
  >;
  /** Entries that lists get at their end. */
  readonly append?: {
    readonly [Name in Holding<Item, readonly unknown[]>]?: Item[Name] | undefined;
  };
  readonly remove?: readonly (keyof Item & string)[];
}

/** For each state that a transition may begin in, the states that it may end in. */
export type Leads<State extends string> = Readonly<Partial<Record<State, readonly State[]>>>;

/** Only {@link transition} makes changes, so that nothing else can be written. */
const made: unique symbol = Symbol("made by a transition");

/** One conditional write of one item, whatever keeps the item. */
export interface Change<State extends string, Item> {
  readonly [made]: true;
  readonly leads: Leads<State>;
  readonly requires: readonly Requirement<Item>[];
  readonly effects: Effects<Item>;
}

/** One way in which an item goes from one state to another, or changes within it. */
export interface Transition<State extends string, Item, Given> {
  /** What happens, in a few words. */
  readonly says: string;
  readonly leads: Leads<State>;
  /** What it does to an item that is in one of the states that it leads from. */
  readonly change: (given: Given) => Change<State, Item>;
}

/** By what an item is known to be in a state. */
export type Facts<State extends string, Item> = Readonly<
  Record<State, readonly Exclude<Requirement<Item>, { is: "either" }>[]>
>;

/** Makes the transitions of items that are in one of the states with these facts. */
export function transitionsBetween<State extends string, Item>(facts: Facts<State, Item>) {
  return function transition<Given>(defined: {
    readonly says: string;
    readonly leads: Leads<State>;
    /** What must hold besides the state. */
    readonly requires?: (given: Given) => readonly Requirement<Item>[];
    readonly effects: (given: Given) => Effects<Item>;
  }): Transition<State, Item, Given> {
    const guard = guardOf(facts, statesOf(defined.leads));
    return {
      says: defined.says,
      leads: defined.leads,
      change: (given) => ({
        [made]: true,
        leads: defined.leads,
        requires: [...guard, ...(defined.requires?.(given) ?? [])],
        effects: defined.effects(given),
      }),
    };
  };
}

/** The states that something leads from. */
function statesOf<State extends string>(leads: Leads<State>): readonly State[] {
  return keysOf(leads);
}

/** The names of what a change may touch. */
export function attributesOf<Item>(effects: Effects<Item>): readonly string[] {
  const { set, setWithin, setOnce, add, include, append, remove = [] } = effects;
  const given = [set, setWithin, setOnce, add, include, append].flatMap((part = {}) =>
    Object.entries(part).flatMap(([name, value]) => (value === undefined ? [] : [name])),
  );
  return [...given, ...remove];
}

/**
 * What must hold of an item in one of several states: each attribute that tells all of them is as it is in one of
 * them. What tells one state from another by numbers, such as whether all chunks have settled, is not among it:
 * these numbers only grow, so that whoever has seen an item in a state knows that it is not in an earlier one.
 */
function guardOf<State extends string, Item>(
  facts: Facts<State, Item>,
  states: readonly State[],
): readonly Requirement<Item>[] {
  const [first = [], ...others] = states.map((state) => facts[state]);
  return first.flatMap(({ attribute }): Requirement<Item>[] => {
    const all = [first, ...others].map((each) => each.find((one) => one.attribute === attribute));
    const told = all.flatMap((one) => one ?? []);
    if (told.length < all.length) {
      return [];
    }
    const different = told.filter(
      (one, index) => told.findIndex((other) => isSame(one, other)) === index,
    );
    const kinds = new Set(different.map(({ is }) => is));
    if (kinds.has("absent") && kinds.has("present")) {
      return [];
    }
    return different.length === 1 ? different : [{ is: "either", of: different }];
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function keysOf<Key extends string>(
  record: Readonly<Partial<Record<Key, unknown>>>,
): readonly Key[] {
  const keys: Key[] = [];
  for (const key in record) {
    keys.push(key);
  }
  return keys;
}
