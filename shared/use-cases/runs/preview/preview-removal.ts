import type { Export, SnapshotReference } from "../../../domain/exports/export";
import { PREVIEW_ROWS, type Preview } from "../../../domain/exports/preview";
import { DomainError, problem, type Problem } from "../../../domain/problems/problem";
import type { Preparation } from "../../../ports";
import type { CallResult } from "../../klaviyo/call-result";
import type { Destination } from "../../klaviyo/klaviyo-access";
import { askRemovalGuard } from "../prepare/ask-removal-guard";
import { isIncomplete } from "../prepare/plan-removal";
import { readPages } from "../../klaviyo/read-pages";
import { hindranceOf } from "../prepare/preparation-hindrance";
import { lastPageBefore } from "../prepare/read-list";

/** What a preview looks at. */
export interface Previewed {
  readonly preview: Pick<Preview, "previewId" | "reconcile">;
  readonly found: Export;
  /** The export's snapshot of the same account and list. */
  readonly snapshot: SnapshotReference | undefined;
  readonly destination: Destination;
  readonly preparation: Preparation;
  /** When the invocation ends. */
  readonly deadline: Date;
}

/** Who would be taken off the list by a run, and what would hold it back. */
export interface PreviewedRemoval {
  readonly leaving: number;
  /** The first of them, by address. */
  readonly leavers: readonly string[];
  readonly warnings: readonly Problem[];
  readonly held: Problem | undefined;
}

/** Finds out whom a run would take off the list, as `planRemoval` does for a run; keeps nothing of it. */
export async function previewRemoval(previewed: Previewed): Promise<PreviewedRemoval> {
  const { found, destination, preparation } = previewed;
  if (found.syncMode === "upsert") {
    return { leaving: 0, leavers: [], warnings: [], held: undefined };
  }
  const isOver = preparation.numbers.members > destination.connection.profileLimit;
  const { leaving, warnings } =
    previewed.preview.reconcile && !isOver
      ? await reconciled(previewed)
      : {
          leaving: preparation.leaving,
          warnings:
            isIncomplete(preparation, previewed.snapshot) && !isOver
              ? [problem("leaversUnknown")]
              : [],
        };
  return {
    ...{ leaving, warnings },
    leavers: leaving === 0 ? [] : await preparation.firstLeavers(PREVIEW_ROWS),
    held: leaving === 0 ? undefined : await guardOf(previewed, leaving),
  };
}

/**
 * Reads the list for as long as the invocation allows. Of a list that is longer, as many leave at least as it has
 * more profiles than there are members.
 */
async function reconciled({
  preview,
  found,
  destination: { klaviyo },
  preparation,
  deadline,
}: Previewed): Promise<{ leaving: number; warnings: readonly Problem[] }> {
  const reading = klaviyo.calling({
    party: preview.previewId,
    patience: { until: lastPageBefore(deadline) },
    continues: true,
  });
  const emails: string[] = [];
  const unread = await readPages(
    (after) => reading.listProfiles(found.listId, { after }),
    (profiles) => emails.push(...profiles.flatMap(({ email }) => email ?? [])),
  );
  const isCutShort = unread?.kind === "later" && unread.by === "limiter";
  if (unread !== undefined && !isCutShort) {
    answered(found, unread);
  }
  const leaving = await preparation.addListed({ emails });
  if (unread === undefined) {
    return { leaving, warnings: leaving > 0 ? [problem("othersRemoved")] : [] };
  }
  const listed = answered(found, await klaviyo.getListSize(found.listId));
  const atLeast = Math.max(leaving, listed - preparation.numbers.members);
  return { leaving: atLeast, warnings: [problem("leavingUnknown", { atLeast, listed })] };
}

async function guardOf(
  { found, destination: { klaviyo }, preparation }: Previewed,
  leaving: number,
): Promise<Problem | undefined> {
  const { listId } = found;
  return answered(found, await askRemovalGuard({ klaviyo, listId, preparation, leaving }));
}

/** What Klaviyo answered; throws what kept it from answering. */
export function answered<Value>(settings: Export, result: CallResult<Value>): Value {
  if (result.kind === "done") {
    return result.value;
  }
  throw DomainError.of(hindranceOf({ settings }, result).problem);
}
