import type { Export, SnapshotReference } from "../../../domain/exports/export";
import { PREVIEW_ROWS, type Preview } from "../../../domain/exports/preview";
import { DomainError, problem, type Problem } from "../../../domain/problems/problem";
import type { EndpointFamily } from "../../../domain/klaviyo/rate-limit";
import type {
  Clock,
  ConnectionStore,
  Klaviyo,
  KlaviyoResult,
  Preparation,
  RateLimiter,
  SecretStore,
} from "../../../ports";
import { askRemovalGuard } from "../prepare/ask-removal-guard";
import { pacedCall, type PacedResult } from "../../klaviyo/paced-call";
import { isIncomplete } from "../prepare/plan-removal";
import { readPages } from "../../klaviyo/read-pages";
import { hindranceOf, PATIENCE_MILLISECONDS } from "../prepare/preparation-hindrance";
import type { Destination } from "../../klaviyo/run-destination";

export interface PreviewRemovalDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly secrets: Pick<SecretStore, "read">;
  readonly klaviyo: Pick<Klaviyo, "getListSize" | "listProfiles">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
}

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

/** Left of the invocation when no further page of the list is read. */
const RESERVE_MILLISECONDS = 180_000;

/** Who would be taken off the list by a run, and what would hold it back. */
export interface PreviewedRemoval {
  readonly leaving: number;
  /** The first of them, by address. */
  readonly leavers: readonly string[];
  readonly warnings: readonly Problem[];
  readonly held: Problem | undefined;
}

/** Finds out whom a run would take off the list, as `planRemoval` does for a run; keeps nothing of it. */
export async function previewRemoval(
  dependencies: PreviewRemovalDependencies,
  previewed: Previewed,
): Promise<PreviewedRemoval> {
  const { found, destination, preparation } = previewed;
  if (found.syncMode === "upsert") {
    return { leaving: 0, leavers: [], warnings: [], held: undefined };
  }
  const isOver = preparation.numbers.members > destination.connection.profileLimit;
  const { leaving, warnings } =
    previewed.preview.reconcile && !isOver
      ? await reconciled(dependencies, previewed)
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
    held: leaving === 0 ? undefined : await guardOf(dependencies, previewed, leaving),
  };
}

/**
 * Reads the list for as long as the invocation allows. Of a list that is longer, as many leave at least as it has
 * more profiles than there are members.
 */
async function reconciled(
  dependencies: PreviewRemovalDependencies,
  { preview, found, destination, preparation, deadline }: Previewed,
): Promise<{ leaving: number; warnings: readonly Problem[] }> {
  const { klaviyo } = dependencies;
  const { apiKey, connection } = destination;
  const lastCall = new Date(deadline.getTime() - RESERVE_MILLISECONDS);
  const emails: string[] = [];
  const unread = await readPages(
    (after) =>
      pacedCall(
        dependencies,
        {
          ...{ accountId: connection.account.id, family: "listProfiles", continues: true },
          party: preview.previewId,
        },
        lastCall,
        () => klaviyo.listProfiles(apiKey, found.listId, { after }),
      ),
    (profiles) => emails.push(...profiles.flatMap(({ email }) => email ?? [])),
  );
  if (unread !== undefined && unread.failure.kind !== "tooLate") {
    await answered(dependencies, found, destination, unread);
  }
  const leaving = await preparation.addListed({ emails });
  if (unread === undefined) {
    return { leaving, warnings: leaving > 0 ? [problem("othersRemoved")] : [] };
  }
  const size = await ask(dependencies, destination, "getListSize", () =>
    klaviyo.getListSize(apiKey, found.listId),
  );
  const listed = await answered(dependencies, found, destination, size);
  const atLeast = Math.max(leaving, listed - preparation.numbers.members);
  return { leaving: atLeast, warnings: [problem("leavingUnknown", { atLeast, listed })] };
}

async function guardOf(
  dependencies: PreviewRemovalDependencies,
  { found, destination, preparation }: Previewed,
  leaving: number,
): Promise<Problem | undefined> {
  const { klaviyo } = dependencies;
  const { apiKey } = destination;
  return answered(
    dependencies,
    found,
    destination,
    await askRemovalGuard({
      ...{ klaviyo, apiKey, listId: found.listId, preparation, leaving },
      paced: (family, call) => ask(dependencies, destination, family, call),
    }),
  );
}

/** Asks Klaviyo within the account's limits, as for somebody who waits. */
export function ask<Value>(
  { limiter, clock }: Pick<PreviewRemovalDependencies, "limiter" | "clock">,
  { connection }: Destination,
  family: EndpointFamily,
  call: () => Promise<KlaviyoResult<Value>>,
): Promise<PacedResult<Value>> {
  const until = new Date(clock.now().getTime() + PATIENCE_MILLISECONDS);
  return pacedCall({ limiter, clock }, { accountId: connection.account.id, family }, until, call);
}

/** What Klaviyo answered; throws what kept it from answering. */
export async function answered<Value>(
  dependencies: Pick<PreviewRemovalDependencies, "connections" | "secrets">,
  settings: Export,
  destination: Destination,
  result: PacedResult<Value>,
): Promise<Value> {
  if (result.ok) {
    return result.value;
  }
  const { failure } = result;
  const { problem: reason } = await hindranceOf(dependencies, { settings }, destination, failure);
  throw new DomainError(reason.code, reason.params);
}
