/** One value that is to be another. `undefined` is one that is not there. */
export interface Difference {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** What is to become of one source, connection or export, or of what is set for a segment. */
export interface Step {
  readonly kind: "create" | "change" | "delete" | "unchanged";
  readonly what: "source" | "settings of segment" | "connection" | "export" | "schedule";
  readonly name: string;
  /** Of what is made, every value is one that was not there. */
  readonly differences: readonly Difference[];
  readonly carryOut: () => Promise<void>;
}
