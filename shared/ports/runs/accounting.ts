import type { ChunkOutcome } from "../../domain/runs/chunk";
import type { SyncMode } from "../../domain/exports/export";
import type { FieldMapping } from "../../domain/exports/field-mapping";
import type { RunResult } from "../../domain/runs/run";

export interface AccountingRequest {
  readonly runId: string;
  readonly exportId: string;
  readonly attemptId: string;
  /** Outcomes by chunk; a chunk that is not in it counts as unsent, or as unremoved. */
  readonly outcomes: ReadonlyMap<number, ChunkOutcome>;
  /** Whether leavers are taken off the list; otherwise they are counted nowhere. */
  readonly syncMode: SyncMode;
  readonly mapping: FieldMapping;
  /** Preparation left values out of profiles and staged which. */
  readonly droppedValues: boolean;
}

/** Writes what a run leaves behind, from its staged files, outcomes and refusals. */
export interface RunAccounting {
  /**
   * Writes the rejection report, the report of values left out, and the new snapshot. The numbers are counted anew
   * from the rows of the
   * report and the snapshot, so that run and report can be seen to agree.
   */
  accountFor(request: AccountingRequest): Promise<RunResult>;
  /**
   * Writes the result of outcomes that are only expected yet, beside the staged files. When they come
   * about, `accountFor` takes over what was written, without reading the members again.
   */
  rehearse(request: AccountingRequest): Promise<void>;
}

/** What became of one address in a run, as far as its chunks have settled. */
export type TracedFate =
  /** What the run staged is no longer kept. */
  | { readonly kind: "expired" }
  | { readonly kind: "notMember" | "invalid" }
  | {
      readonly kind: "member";
      readonly fate: "unchanged" | "imported" | "refused" | "unsent";
      /** The export's snapshot had the address before. */
      readonly known: boolean;
      readonly code: string | null;
      readonly detail: string | null;
    }
  /** `gone`: taken off the list, or no longer on it. `kept`: left alone, as sync mode `upsert` does. */
  | { readonly kind: "leaver"; readonly fate: "gone" | "unremoved" | "kept" };

/** Looks one address up in what runs have staged, and in what became of that. */
export interface RunTraces {
  /** @param email in lower case */
  fateOf(request: AccountingRequest, email: string): Promise<TracedFate>;
}
