import type { Caller } from "../../domain/access/identity";
import type { Connection } from "../../domain/connections/connection";
import type {
  AskedKlaviyo,
  Explanation,
  SearchedSegments,
} from "../../domain/explanations/explanation";
import { findReason } from "../../domain/explanations/find-reason";
import type { Export } from "../../domain/exports/export";
import { DomainError, problem, type Problem } from "../../domain/problems/problem";
import { judgeEmail } from "../../domain/profiles/email";
import { snapshotDestination } from "../../domain/runs/snapshot";
import { pinnedSegment } from "../../domain/segments/refresh";
import type {
  ConnectionStore,
  ExportStore,
  IdGenerator,
  MemberPreparation,
  Preparation,
  RunStore,
  SegmentSource,
} from "../../ports";
import { getManagedExport } from "../access/managed-export";
import { askKlaviyo, type AskKlaviyoDependencies } from "../klaviyo/ask-klaviyo";
import { snapshotParts } from "../runs/settle/accounting-request";
import { filesOf, pinWhole } from "../segments/segment-files";
import { explainRuns, type ExplainRunsDependencies } from "./explain-runs";

export interface ExplainProfileDependencies extends AskKlaviyoDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "noteFinding">;
  readonly exports: Pick<ExportStore, "get">;
  readonly runs: Pick<RunStore, "get" | "listChunks" | "listByExport">;
  readonly traces: ExplainRunsDependencies["traces"];
  readonly segments: Pick<SegmentSource, "pin">;
  readonly preparation: MemberPreparation;
  readonly ids: Pick<IdGenerator, "next">;
}

/** All files of the segments together; what is larger takes longer than the API waits. */
const MOST_BYTES = 1_000_000_000;

/** The API gateway gives up after 29 s. The search ends in time for the runs to be looked at. */
const SEARCH_MILLISECONDS = 16_000;
const ALL_MILLISECONDS = 22_000;

/** A search that nobody waits for any more goes on for so long. */
const BREAKING_OFF_MILLISECONDS = 500;

/** What the search of the segments came to, with what the snapshot says. */
type Search = Pick<Explanation, "segments" | "snapshot">;

/**
 * Explains why a person is, or is not, on an export's list: what the segments hold of them now, by the code that
 * prepares runs; what the last runs made of them; what the snapshot holds; and what Klaviyo says. Where one of these
 * can't be had, the others are told. Throws `notPermitted`, `exportNotFound`.
 */
export async function explainProfile(
  dependencies: ExplainProfileDependencies,
  { caller, exportId, email: given }: { caller: Caller; exportId: string; email: string },
): Promise<Explanation> {
  const { connections, clock } = dependencies;
  const found = await getManagedExport(dependencies, caller, exportId, "explainProfile");
  const startedAt = clock.now();
  const judged = judgeEmail(given);
  const isAddress = judged.kind === "valid";
  const email = isAddress ? judged.email : given.trim().toLowerCase();
  const connection = await connections.get(found.connectionId);
  const [search, klaviyo] = await Promise.all([
    searchSegments(dependencies, found, connection, email),
    isAddress
      ? askAbout(dependencies, found, connection, email)
      : ({ kind: "asked", onList: false, profile: null } as const),
  ]);
  const until = new Date(startedAt.getTime() + ALL_MILLISECONDS);
  const runs = await explainRuns(dependencies, exportId, email, until);
  const known = { ...search, klaviyo, runs };
  return {
    exportId,
    at: clock.now().toISOString(),
    reason: findReason({ ...known, settings: found, isAddress }),
    ...known,
  };
}

/** What keeps the segments from being searched is told, not thrown. */
async function searchSegments(
  dependencies: ExplainProfileDependencies,
  found: Export,
  connection: Connection | undefined,
  email: string,
): Promise<Search> {
  try {
    return await search(dependencies, found, connection, email);
  } catch (error) {
    if (error instanceof DomainError) {
      return { segments: notSearched(error.problem), snapshot: "unknown" };
    }
    throw error;
  }
}

const notSearched = (reason: Problem): SearchedSegments => ({
  kind: "notSearched",
  problem: reason,
});

async function search(
  dependencies: ExplainProfileDependencies,
  found: Export,
  connection: Connection | undefined,
  email: string,
): Promise<Search> {
  const { segments, preparation, runs, ids, clock } = dependencies;
  const refreshes = await pinWhole(segments, found.segments);
  const files = filesOf(refreshes);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const tooLarge = problem("segmentsTooLargeToSearch", { megabytes: Math.ceil(bytes / 1_000_000) });
  if (bytes > MOST_BYTES) {
    throw DomainError.of(tooLarge);
  }
  const snapshot =
    connection !== undefined &&
    found.snapshot?.destination === snapshotDestination(connection.account.id, found)
      ? found.snapshot
      : undefined;
  const preparing = preparation.prepare({
    runId: ids.next(),
    attemptId: ids.next(),
    ...{ files, mapping: found.mapping, listId: found.listId },
    ...(snapshot === undefined ? {} : snapshotParts(runs, snapshot)),
    withinMilliseconds: SEARCH_MILLISECONDS + BREAKING_OFF_MILLISECONDS,
  });
  const prepared = await Promise.race([
    preparing,
    clock.sleep(SEARCH_MILLISECONDS).then(() => "late" as const),
  ]);
  if (prepared === "late") {
    // It is broken off by itself, and closed then.
    void preparing.then((late) => late.close()).catch(() => undefined);
    throw DomainError.of(tooLarge);
  }
  try {
    const { inSnapshot, ...person } = await prepared.find(email);
    return {
      segments: { kind: "searched", refreshes: refreshes.map(pinnedSegment), ...person },
      snapshot: snapshotText(prepared.snapshot, inSnapshot),
    };
  } finally {
    await prepared.close();
  }
}

function snapshotText(
  snapshot: Preparation["snapshot"],
  inSnapshot: boolean,
): Explanation["snapshot"] {
  switch (snapshot) {
    case "none":
      return "none";
    case "unreadable":
      return "unknown";
    case "loaded":
    case "rebuilt":
      return inSnapshot ? "holds" : "holdsNot";
  }
}

async function askAbout(
  dependencies: ExplainProfileDependencies,
  { listId }: Export,
  connection: Connection | undefined,
  email: string,
): Promise<AskedKlaviyo> {
  if (connection === undefined) {
    return { kind: "notAsked", problem: problem("noConnectionAttached") };
  }
  try {
    const listed = await askKlaviyo(dependencies, connection, (klaviyo) =>
      klaviyo.listProfiles(listId, { emails: [email] }),
    );
    if (listed.kind === "refused") {
      return {
        kind: "notAsked",
        problem: listed.as === "notFound" ? problem("listNotFound", { listId }) : listed.problem,
      };
    }
    const known = await askKlaviyo(dependencies, connection, (klaviyo) =>
      klaviyo.listEmailConsents([email]),
    );
    if (known.kind === "refused") {
      return { kind: "notAsked", problem: known.problem };
    }
    const person = known.value.items.find((one) => one.email === email);
    return {
      kind: "asked",
      onList: listed.value.items.some((one) => one.email === email),
      profile:
        person === undefined
          ? null
          : { consent: person.consent, suppressions: [...person.suppressions] },
    };
  } catch (error) {
    if (error instanceof DomainError) {
      return { kind: "notAsked", problem: error.problem };
    }
    throw error;
  }
}
