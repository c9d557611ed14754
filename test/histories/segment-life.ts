import type { FieldMapping } from "../../shared/domain/exports/field-mapping";
import type { Random } from "../chaos/random";

/** The columns of the segment's file. */
const columns = ["Email", "Mail", "First", "Nick", "Tier", "Score"] as const;
type Column = (typeof columns)[number];
export type Row = Readonly<Record<Column, string>>;

/** Somebody who may be in the segment, with the values that their row has when it is theirs. */
export interface Person {
  /** The same address for most, so that another email field changes who is a member. */
  readonly email: string;
  readonly mail: string;
  readonly first: string;
  readonly nick: string;
  readonly tier: string;
  readonly score: number;
}

/** What a row does to a profile: sets these values, removes those properties, and leaves all others. */
export interface Content {
  readonly firstName: string | undefined;
  readonly properties: Readonly<Record<string, string | number>>;
  readonly cleared: readonly string[];
}

/** A mapping, and by which columns and rules the oracle finds out what it comes to. */
export interface MappingForm {
  readonly mapping: FieldMapping;
  readonly email: "Email" | "Mail";
  readonly name: "First" | "Nick";
  readonly clearsTier: boolean;
  readonly score: boolean;
}

const clearedTier = { field: "Tier", empty: "clear" } as const;
export const mappingForms: readonly MappingForm[] = [
  {
    mapping: { email: "Email", first_name: "First", properties: { Tier: clearedTier } },
    ...{ email: "Email", name: "First", clearsTier: true, score: false },
  },
  {
    mapping: { email: "Mail", first_name: "First", properties: { Tier: clearedTier } },
    ...{ email: "Mail", name: "First", clearsTier: true, score: false },
  },
  {
    mapping: {
      email: "Email",
      first_name: "Nick",
      properties: { Tier: "Tier", Score: { field: "Score", type: "number" } },
    },
    ...{ email: "Email", name: "Nick", clearsTier: false, score: true },
  },
];

export function makePeople(random: Random, count: number): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const email = `p${String(index)}@${random.pick(["example.org", "mail.example.com"])}`;
    const mail = random.chance(0.2) ? `p${String(index)}@work.example.net` : email;
    return changed(random, { email, mail, first: "", nick: "", tier: "", score: 0 });
  });
}

/** The same person, with another value in one field or in several. */
export function changed(random: Random, person: Person): Person {
  const drawn = random.between(0, 1_000_000);
  return {
    ...person,
    first: random.chance(0.1) ? "" : `First ${String(drawn)}`,
    nick: random.chance(0.5) ? person.nick : `Nïck, "${String(drawn)}"`,
    tier: random.pick(["", "", "gold", "silver"]),
    score: random.chance(0.5) ? person.score : drawn / 8,
  };
}

const disguises = [
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => `  ${text} `,
];

/** A person's address as a cell has it; or, now and then, none that can be one. */
function addressCell(random: Random, address: string): string {
  return random.chance(0.05)
    ? random.pick(["", " ", address.replace("@", " at "), `${address}.`])
    : random.pick(disguises)(address);
}

function rowOf(random: Random, person: Person): Row {
  const padded = (text: string): string => (random.chance(0.3) ? ` ${text}  ` : text);
  return {
    Email: addressCell(random, person.email),
    Mail: addressCell(random, person.mail),
    First: padded(person.first),
    Nick: padded(person.nick),
    Tier: padded(person.tier),
    Score: padded(String(person.score)),
  };
}

/** The segment's rows: one of each person, and now and then a second one that says something else. */
export function makeRows(random: Random, inside: readonly Person[]): Row[] {
  return inside.flatMap((person) => [
    rowOf(random, person),
    ...(random.chance(0.1) ? [rowOf(random, changed(random, person))] : []),
  ]);
}

/** What the segment's file says. */
export function asCsv(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`;
  return line(columns) + rows.map((row) => line(columns.map((column) => row[column]))).join("");
}

/** Who is a valid member by these rows, and with what: of several rows of one address, the first counts. */
export function membersOf(rows: readonly Row[], form: MappingForm): ReadonlyMap<string, Content> {
  const members = new Map<string, Content>();
  for (const row of rows) {
    const address = row[form.email].trim().toLowerCase();
    if (/^[^ @]+@[^ @]+[a-z]$/.test(address) && !members.has(address)) {
      members.set(address, contentOf(row, form));
    }
  }
  return members;
}

function contentOf(row: Row, form: MappingForm): Content {
  const name = row[form.name].trim();
  const tier = row.Tier.trim();
  return {
    firstName: name === "" ? undefined : name,
    properties: {
      ...(tier === "" ? {} : { Tier: tier }),
      ...(form.score ? { Score: Number(row.Score) } : {}),
    },
    cleared: tier === "" && form.clearsTier ? ["Tier"] : [],
  };
}

/** A profile's attributes as far as histories touch them, in one form, to be compared as text. */
export function profileText(attributes: Readonly<Record<string, unknown>> = {}): string {
  const { first_name: name, properties, ...others } = attributes;
  const sorted = Object.entries(properties ?? {}).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return JSON.stringify([name ?? null, Object.fromEntries(sorted), others]);
}

/** A profile's text after content has reached it. */
export function withContent(before: string, content: Content): string {
  const [name, properties, others] = JSON.parse(before) as [
    string | null,
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const kept = Object.entries(properties).filter(([key]) => !content.cleared.includes(key));
  return profileText({
    first_name: content.firstName ?? name,
    properties: { ...Object.fromEntries(kept), ...content.properties },
    ...others,
  });
}
