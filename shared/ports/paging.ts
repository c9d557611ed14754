/** One page of a list; `next` continues it and is opaque. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
  /** Ids of items that belong here and can't be read by this version; absent when all can. */
  readonly unreadable?: readonly string[];
}

export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}
