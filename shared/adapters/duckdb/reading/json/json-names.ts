import { plainFieldName } from "../../../../domain/segments/find-field";
import type { JsonRecord } from "./json-records";

/** Names that are kept: what is shown of them are a few, and records may bring new ones for ever. */
const KEPT_NAMES = 5_000;

/**
 * Finds what the records of a file call the wanted fields, by the rule of `findField`. Records lack fields that are
 * empty, so each is looked for until a record has it, in time that grows with the records alone.
 */
export interface NameFinder {
  learn(record: JsonRecord): void;
  /** What the records seen so far call each wanted field. */
  readonly keys: readonly (string | undefined)[];
  /** Whether each wanted field was seen under its very name, so that further records change nothing. */
  readonly settled: boolean;
  /** The first names that were seen. */
  readonly known: readonly string[];
}

export function createNameFinder(wanted: readonly string[]): NameFinder {
  const known = new Set<string>();
  const exact = new Set<string>();
  const wantedNames = new Set(wanted);
  /** By the plain name, the first two names that are alike: with two, none of them is meant. */
  const alike = new Map<string, Set<string>>(
    wanted.map((name) => [plainFieldName(name), new Set()]),
  );
  let keys: readonly (string | undefined)[] = wanted.map(() => undefined);
  let allExact = false;

  const find = (field: string): string | undefined => {
    const names = alike.get(plainFieldName(field));
    return exact.has(field) ? field : names?.size === 1 ? [...names][0] : undefined;
  };

  return {
    get keys() {
      return keys;
    },
    get settled() {
      return allExact;
    },
    get known() {
      return [...known];
    },
    learn(record) {
      if (allExact) {
        return;
      }
      let changed = false;
      for (const name of Object.keys(record)) {
        if (known.has(name)) {
          continue;
        }
        if (known.size < KEPT_NAMES) {
          known.add(name);
        }
        const names = alike.get(plainFieldName(name));
        if (names !== undefined && names.size < 2 && !names.has(name)) {
          names.add(name);
          changed = true;
        }
        if (wantedNames.has(name) && !exact.has(name)) {
          exact.add(name);
          changed = true;
        }
      }
      if (changed) {
        keys = wanted.map(find);
        allExact = wanted.every((field) => exact.has(field));
      }
    },
  };
}
