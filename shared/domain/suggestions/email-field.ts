import { plainName, readingsOf, wordsOf } from "./column-name";
import { vocabularies } from "./column-names";
import type { Vocabulary } from "./vocabulary";

/** What a sample of a field's cells shows. */
export interface FieldEvidence {
  readonly name: string;
  /** Cells that are not blank. */
  readonly filled: number;
  /** Those of them that are email addresses. */
  readonly valid: number;
  /** Addresses among them, each counted once. */
  readonly distinct: number;
}

/**
 * How sure a name is about whose address stands there: `own` (“E-Mail-Adresse”, “Customer email”), `maybe` (some
 * other name with “mail” in it), `open` (“Contact”, “Login”), `others` (“Contact owner”, “Secondary email”).
 */
type NameSays = "own" | "prefixed" | "maybe" | "open" | "others";
const surest: readonly NameSays[] = ["own", "prefixed", "maybe", "open", "others"];

/**
 * The field that holds the members' email addresses: first by its name, then by how many addresses it holds. So a
 * field called “Email” comes before one that holds more addresses, all of them the sales representative's. A field
 * that is called so and holds hardly any, compared with others of such a name, comes after them.
 */
export function suggestEmailField(fields: readonly FieldEvidence[]): string | undefined {
  const told = fields.map((field) => ({ ...field, says: whatNameSays(field.name) }));
  const named = told.filter(({ says }) => says !== "open" && says !== "others");
  const most = Math.max(0, ...named.map(({ distinct }) => distinct));
  const rated = told
    .filter((field) => holdsAddresses(field))
    .map((field) => ({
      ...field,
      // Two names that say the same differ in what they hold.
      rank:
        surest.indexOf(field.says) +
        (named.includes(field) && field.distinct * LEAST_SHARE < most ? surest.length : 0),
    }))
    .toSorted(
      (one, other) =>
        one.rank - other.rank || other.distinct - one.distinct || other.valid - one.valid,
    );
  const [best] = rated;
  // Where the members' own field is filled and can't be read, somebody else's addresses are no way out.
  const unread = told.some(({ says, filled }) => isOwn(says) && filled > 0);
  return best === undefined || (best.says === "others" && unread) ? undefined : best.name;
}

/** A field with fewer than a fifth of the addresses that another well-named one has is not the one. */
const LEAST_SHARE = 5;

function isOwn(says: NameSays): boolean {
  return says === "own" || says === "prefixed";
}

/** A name that says nothing is believed when most of the cells are addresses. */
function holdsAddresses({ says, filled, valid }: FieldEvidence & { says: NameSays }): boolean {
  return valid > 0 && (isOwn(says) || valid * 2 >= filled);
}

const emailNames = new Set(
  Object.values<Vocabulary>(vocabularies).flatMap(({ names }) =>
    (names.email ?? []).map(plainName),
  ),
);

/** Whether a column that is called so holds its people's email addresses, as far as names tell. */
export function isEmailName(name: string): boolean {
  return emailNames.has(plainName(name));
}

function whatNameSays(name: string): NameSays {
  const [plain = "", ...shorter] = readingsOf(name);
  if (emailNames.has(plain)) {
    return "own";
  }
  if (OTHERS.test(plain) || wordsOf(name).some((word) => othersWords.has(word))) {
    return "others";
  }
  if (shorter.some((reading) => emailNames.has(reading))) {
    return "prefixed";
  }
  return MAIL.test(plain) ? "maybe" : "open";
}

const MAIL = /mail|courriel|correo|epost|posta|poczta|mejl/;

/** Long enough to be meant wherever they stand in a name. */
const OTHERS = new RegExp(
  [
    ...["owner", "secondary", "referr", "referer", "support", "agent", "manager", "assist"],
    ...["createdby", "modifiedby", "updatedby", "assigned", "alternat", "backup", "previous"],
    ...["former", "sales", "representative", "sender", "replyto", "employee", "staff"],
    ...["vendor", "supplier", "partner", "emergency", "accountmanager", "approver"],
    ...[
      "betreuer",
      "bearbeiter",
      "berater",
      "vertreter",
      "erstellt",
      "empfohlen",
      "ansprechpartner",
    ],
    ...["zweit", "commercial", "parrain", "responsable", "secondaire", "propietario", "vendedor"],
    ...["agente", "referente", "secundari", "proprietario", "secondari", "eigenaar", "beheerder"],
    ...["medewerker", "agare", "handlaggare", "saljare", "opiekun", "wlasciciel", "skrbnik"],
    ...["lastnik", "dodatkow", "dodatn", "drugi"],
  ].join("|"),
);

/** Short ones, which would be found within other words. */
const othersWords: ReadonlySet<string> = new Set([
  ...["rep", "reps", "alt", "old", "cc", "bcc", "by", "second", "other", "from", "admin", "spouse"],
  ...["friend", "friends", "parent", "2", "3", "4", "5", "von", "par", "przez", "door", "av"],
  ...["boss", "team", "office", "domain", "store", "shop"],
]);
