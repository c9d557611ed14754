import { invalidParameter } from "./errors";
import { parseFilters, type Filter, type FilterRules } from "./filters";

/** What an endpoint's query may contain; everything else is refused. */
export interface QueryRules {
  /** Resource type to its attributes, for `fields[type]`. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  readonly additionalFields?: Readonly<Record<string, readonly string[]>>;
  readonly include?: readonly string[];
  readonly sort?: readonly string[];
  readonly filters?: FilterRules;
  readonly page?: PageRules;
}

export interface PageRules {
  readonly defaultSize: number;
  readonly maximumSize: number;
}

/** Klaviyo API reference: `page[size]` of lists, and of everything else. */
export const LIST_PAGES: PageRules = { defaultSize: 10, maximumSize: 10 };
export const USUAL_PAGES: PageRules = { defaultSize: 20, maximumSize: 100 };

export interface Query {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly additionalFields: ReadonlySet<string>;
  readonly include: ReadonlySet<string>;
  readonly sort: { readonly field: string; readonly descending: boolean } | undefined;
  readonly filters: readonly Filter[];
  readonly pageSize: number;
  readonly cursor: string | undefined;
}

/**
 * Reads a request's query.
 *
 * @throws ApiFailure 400 naming the parameter that is unknown or wrong
 */
export function parseQuery(parameters: URLSearchParams, rules: QueryRules): Query {
  const fields = new Map<string, readonly string[]>();
  const additionalFields = new Set<string>();
  const include = new Set<string>();
  let sort: Query["sort"];
  let filters: readonly Filter[] = [];
  let pageSize = rules.page?.defaultSize ?? 1;
  let cursor: string | undefined;

  for (const [name, value] of parameters) {
    const [, family = name, type = ""] = /^([a-z-]+)\[([a-z-]+)\]$/.exec(name) ?? [];
    const choices = (allowed: readonly string[]) => chosen(name, value, allowed);
    if (family === "fields" && rules.fields?.[type] !== undefined) {
      fields.set(type, choices([...rules.fields[type], "id"]));
    } else if (family === "additional-fields" && rules.additionalFields?.[type] !== undefined) {
      for (const field of choices(rules.additionalFields[type])) additionalFields.add(field);
    } else if (name === "include" && rules.include !== undefined) {
      for (const relationship of choices(rules.include)) include.add(relationship);
    } else if (name === "sort" && rules.sort !== undefined) {
      const descending = value.startsWith("-");
      const field = descending ? value.slice(1) : value;
      if (!rules.sort.includes(field)) throw invalidParameter(name, `Can't sort by '${field}'.`);
      sort = { field, descending };
    } else if (name === "filter" && rules.filters !== undefined) {
      filters = parseFilters(value, rules.filters);
    } else if (name === "page[size]" && rules.page !== undefined) {
      pageSize = parsePageSize(value, rules.page);
    } else if (name === "page[cursor]" && rules.page !== undefined) {
      cursor = value;
    } else {
      throw invalidParameter(name, `'${name}' is not a valid parameter of this endpoint.`);
    }
  }
  return { fields, additionalFields, include, sort, filters, pageSize, cursor };
}

function parsePageSize(value: string, { maximumSize }: PageRules): number {
  const size = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (size < 1 || size > maximumSize) {
    throw invalidParameter("page[size]", `The page size must be from 1 to ${maximumSize}.`);
  }
  return size;
}

/** Comma-separated names; a nested field (`location.city`) is allowed where its parent is. */
function chosen(name: string, value: string, allowed: readonly string[]): readonly string[] {
  const names = value.split(",").map((part) => part.trim());
  for (const part of names) {
    const [parent = ""] = part.split(".");
    if (!allowed.includes(parent)) throw invalidParameter(name, `'${part}' is not a valid field.`);
  }
  return names;
}

/**
 * Attributes that `fields[type]` leaves over, and beside them the additional fields that were asked for; without that
 * parameter, all of them.
 */
export function sparse(
  attributes: Readonly<Record<string, unknown>>,
  type: string,
  query: Query,
): Readonly<Record<string, unknown>> {
  const names = query.fields.get(type);
  if (names === undefined) return attributes;
  const parents = new Set([...names.map((name) => name.split(".")[0]), ...query.additionalFields]);
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => parents.has(key)));
}
