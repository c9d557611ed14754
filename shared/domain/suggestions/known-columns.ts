import { plainName, READINGS, readingsOf } from "./column-name";
import { vocabularies } from "./column-names";
import type { KnownColumn, Vocabulary } from "./vocabulary";

/** A column, by its name, that can be told what it holds. */
export interface NamedColumn {
  readonly name: string;
}

const plainVocabularies = Object.values<Vocabulary>(vocabularies).map(({ kind, names }) => ({
  kind,
  names: new Map(
    Object.entries(names).map(([column, called]) => [column, called.map(plainName)] as const),
  ),
}));

/** So many of a vocabulary's names speak for it: short ones such as “CC” are other things elsewhere. */
const NAMES_THAT_TELL = { general: 0, language: 2, platform: 2 };

/** What may be the id of the row, of an order say, and not of the person. */
const ROWS_OWN = plainName("ID");

/**
 * Finds columns by their names. Where two vocabularies differ, as on “Kraj” (Polish: country, Slovene: place), the
 * one counts that knows more of the columns. Each column is found once.
 */
export class ColumnFinder {
  readonly #readings: Map<string, readonly string[]>;
  readonly #vocabularies: (typeof plainVocabularies)[number][];

  /** @param columns all of the segment's: they tell which vocabulary it is */
  constructor(columns: readonly NamedColumn[], usable: readonly NamedColumn[] = columns) {
    const plain = new Set(columns.flatMap(({ name }) => readingsOf(name).slice(0, 2)));
    this.#readings = new Map(usable.map(({ name }) => [name, readingsOf(name)]));
    this.#vocabularies = plainVocabularies
      .map((vocabulary) => ({ vocabulary, known: knownOf(vocabulary, plain) }))
      .filter(({ vocabulary, known }) => known >= NAMES_THAT_TELL[vocabulary.kind])
      .toSorted((one, other) => rank(other) - rank(one))
      .map(({ vocabulary }) => vocabulary);
  }

  /** The likeliest column that holds this; undefined when none does by its name. */
  take(column: KnownColumn): string | undefined {
    const names = this.#vocabularies
      .flatMap((vocabulary) => vocabulary.names.get(column) ?? [])
      .toSorted((one, other) => Number(one === ROWS_OWN) - Number(other === ROWS_OWN));
    for (let reading = 0; reading < READINGS; reading += 1) {
      for (const called of names) {
        for (const [name, readings] of this.#readings) {
          if (readings[reading] === called) {
            this.#readings.delete(name);
            return name;
          }
        }
      }
    }
    return undefined;
  }
}

function knownOf(
  { names }: (typeof plainVocabularies)[number],
  columns: ReadonlySet<string>,
): number {
  return [...names.values()].filter((called) => called.some((name) => columns.has(name))).length;
}

/** What says more than the names that everybody uses comes before them. */
function rank({
  vocabulary,
  known,
}: {
  vocabulary: { readonly kind: Vocabulary["kind"] };
  known: number;
}): number {
  return vocabulary.kind === "general" ? 0 : known;
}
