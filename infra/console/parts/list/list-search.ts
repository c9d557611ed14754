import * as z from "zod";

/** What the address of every list has besides its filters, so that each view of it is a link. */
export const listSearchFields = {
  after: z.string().min(1).max(2_000).optional().catch(undefined),
  /** Ids of the columns that are shown, with commas between; none: those that the viewer usually sees. */
  columns: z
    .string()
    .regex(/^\w{1,40}(,\w{1,40}){0,39}$/)
    .optional()
    .catch(undefined),
};

/** What the address of a list says, whatever the list filters by. */
export interface ListSearch {
  readonly after?: string | undefined;
  readonly columns?: string | undefined;
  readonly [filter: string]: string | boolean | undefined;
}

/** What of it filters. */
export function filtersOf({ after: _after, columns: _columns, ...filters }: ListSearch) {
  return filters;
}

/** Whether anything is filtered. */
export function isFiltered(search: ListSearch): boolean {
  return Object.values(filtersOf(search)).some((value) => value !== undefined);
}
