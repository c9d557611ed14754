import { Readable } from "node:stream";

/** How a segment is generated; the same options always give the same bytes. */
export interface GeneratedSegmentOptions {
  readonly profiles: number;
  /** @default 1 */
  readonly seed?: number;
  /** Share of rows without an email, 0 to 1. @default 0 */
  readonly blank?: number;
  /** Share of rows whose email can't be one. @default 0 */
  readonly invalid?: number;
  /** Share of rows with the email of an earlier row. @default 0 */
  readonly duplicates?: number;
}

export const GENERATED_FIELDS = [
  "CustomerId",
  "FirstName",
  "LastName",
  "Email",
  "Phone",
  "City",
  "PostalCode",
  "Country",
  "CreatedOn",
  "TotalSpend",
] as const;

/** The field of generated segments that holds the email address. */
export const GENERATED_EMAIL_FIELD: (typeof GENERATED_FIELDS)[number] = "Email";

export type GeneratedKind = "member" | "blank" | "invalid" | "duplicate";

/** One row: its fields in the order of `GENERATED_FIELDS`, and what its email is meant to be. */
export interface GeneratedProfile {
  readonly kind: GeneratedKind;
  readonly fields: readonly string[];
}

const cities = ["Lisboa", "Zürich", "Kraków", "Malmö", "Graz", "Nîmes", "Gent", "Cork"];
const countries = ["PT", "CH", "PL", "SE", "AT", "FR", "BE", "IE"];

/** The rows one by one, in no more memory than one takes. Without shares, all are valid and distinct. */
export function* generatedProfiles(
  options: GeneratedSegmentOptions,
): Generator<GeneratedProfile, void> {
  const { profiles, seed = 1, blank = 0, invalid = 0, duplicates = 0 } = options;
  const random = seededRandom(seed);
  let members = 0;
  for (let row = 1; row <= profiles; row += 1) {
    const lot = random();
    const kind = kindOf(lot, members, { blank, invalid, duplicates });
    const variety = Math.floor(random() * 1_000_000);
    if (kind === "member") {
      members += 1;
    }
    yield { kind, fields: fieldsOf(row, variety, emailOf(kind, members, variety, seed)) };
  }
}

/** The rows as a CSV file, in pieces of some 100 KB. */
export function generatedSegment(options: GeneratedSegmentOptions): Readable {
  return Readable.from(csvPieces(options), { objectMode: false });
}

const ROWS_A_PIECE = 1_000;

function* csvPieces(options: GeneratedSegmentOptions): Generator<Buffer, void> {
  let piece = `${GENERATED_FIELDS.join(",")}\n`;
  let rows = 0;
  for (const { fields } of generatedProfiles(options)) {
    piece += `${fields.join(",")}\n`;
    rows += 1;
    if (rows % ROWS_A_PIECE === 0) {
      yield Buffer.from(piece);
      piece = "";
    }
  }
  if (piece !== "") {
    yield Buffer.from(piece);
  }
}

function kindOf(
  lot: number,
  members: number,
  shares: { blank: number; invalid: number; duplicates: number },
): GeneratedKind {
  if (lot < shares.blank) {
    return "blank";
  }
  if (lot < shares.blank + shares.invalid) {
    return "invalid";
  }
  return members > 0 && lot < shares.blank + shares.invalid + shares.duplicates
    ? "duplicate"
    : "member";
}

function emailOf(kind: GeneratedKind, members: number, variety: number, seed: number): string {
  const address = (number: number): string => `customer.${number}@segment${seed}.example.com`;
  switch (kind) {
    case "member":
      return address(members);
    case "blank":
      return variety % 2 === 0 ? "" : "  ";
    case "invalid":
      return `customer.${variety}@@segment`;
    case "duplicate":
      return address(1 + (variety % members)).toUpperCase();
  }
}

function fieldsOf(row: number, variety: number, email: string): readonly string[] {
  const place = variety % cities.length;
  const day = String(1 + (variety % 28)).padStart(2, "0");
  const month = String(1 + (variety % 12)).padStart(2, "0");
  return [
    String(row).padStart(8, "0"),
    `First${variety % 997}`,
    `Last${variety % 9_973}`,
    email,
    `+35191${String(variety).padStart(7, "0")}`,
    cities[place] ?? "",
    String(10_000 + (variety % 80_000)),
    countries[place] ?? "",
    `2024-${month}-${day}`,
    (variety / 100).toFixed(2),
  ];
}

/** The mulberry32 generator: small, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
