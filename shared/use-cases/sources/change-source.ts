import { isDeepStrictEqual } from "node:util";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { ExportPlace, MadeSource } from "../../domain/sources/source";
import type {
  Clock,
  ExportStore,
  Log,
  SourceFindings,
  SourceSecrets,
  SourceStore,
} from "../../ports";
import { requireAccess } from "../access/access";
import { secretOf, storedCredential, type NewCredential, type SourceView } from "./create-source";
import { checkSource, type SourceCheckDependencies } from "./source-check";
import { refuseWhileInUse } from "./users-of-source";
import { getSource } from "./view-sources";

export interface ChangeSourceDependencies extends SourceCheckDependencies {
  readonly sources: Pick<SourceStore, "get" | "list" | "update" | "delete">;
  readonly findings: SourceFindings;
  readonly secrets: SourceSecrets;
  readonly exports: Pick<ExportStore, "list">;
  readonly clock: Clock;
  readonly log: Log;
}

export interface UpdateSourceInput {
  readonly caller: Caller;
  readonly sourceId: string;
  readonly displayName: string;
  /** @default as it is */
  readonly place?: ExportPlace | undefined;
  /** @default as it is */
  readonly credential?: NewCredential | undefined;
  /** The version that the caller has seen; without it, whatever is stored is replaced. */
  readonly version?: number | undefined;
}

/**
 * Renames a source, or gives it another credential or place, which are tried first. Its segments keep their names, and
 * what these mean: another place is refused while exports use them. Throws `notPermitted`, `sourceNotFound`,
 * `sourceChanged`, `sourceInUse`, `displayNameTaken`, and what {@link checkSource} throws; all stays as it was then.
 */
export async function updateSource(
  dependencies: ChangeSourceDependencies,
  input: UpdateSourceInput,
): Promise<SourceView & { readonly before: MadeSource }> {
  const { sources, findings, secrets, exports, clock, log } = dependencies;
  const { caller, sourceId, displayName, credential, version } = input;
  requireAccess(caller, "updateSource");
  const { source: before, finding: known } = await getSource(dependencies, { caller, sourceId });
  if (version !== undefined && version !== before.version) {
    throw new DomainError("sourceChanged", {}, "/version");
  }
  const place = input.place ?? before.place;
  const moves = !isDeepStrictEqual(place, before.place);
  if (moves) {
    await refuseWhileInUse(exports, sourceId);
  }
  const secret = credential === undefined ? undefined : secretOf(credential);
  const described: MadeSource = {
    ...before,
    ...{ displayName, place },
    ...(credential === undefined ? {} : { credential: storedCredential(credential, "") }),
  };
  const finding =
    moves || credential !== undefined
      ? await checkSource(dependencies, described, secret)
      : undefined;
  const secretArn = secret === undefined ? "" : await secrets.create(sourceId, secret);
  const source: MadeSource = {
    ...described,
    ...(credential === undefined ? {} : { credential: storedCredential(credential, secretArn) }),
    version: before.version + 1,
    ...{ updatedAt: clock.now().toISOString(), updatedBy: caller.userId },
  };
  if (!(await sources.update(source, before.version))) {
    throw (await sources.get(sourceId)) === undefined
      ? new DomainError("sourceNotFound", { sourceId })
      : new DomainError("sourceChanged");
  }
  if (finding !== undefined) {
    await findings.put(sourceId, finding);
  }
  if ("secretArn" in before.credential && !("secretArn" in source.credential)) {
    await secrets.delete(before.credential.secretArn);
  }
  log.info("sourceUpdated", { sourceId, version: source.version });
  return { before, source, finding: finding ?? known };
}

/**
 * Looks at a source again and keeps what was found: that it does not work is what the caller asked to know. Throws
 * `notPermitted`, `sourceNotFound`.
 */
export async function verifySource(
  dependencies: Omit<ChangeSourceDependencies, "exports">,
  { caller, sourceId }: { caller: Caller; sourceId: string },
): Promise<SourceView> {
  const { findings, clock, log } = dependencies;
  requireAccess(caller, "verifySource");
  const { source, finding: known } = await getSource(dependencies, { caller, sourceId });
  const finding = await checkSource(dependencies, source).catch((error: unknown) => {
    if (!(error instanceof DomainError)) {
      throw error;
    }
    const { problem } = error;
    return { ...known, foundAt: clock.now().toISOString(), foundBy: "check" as const, problem };
  });
  await findings.put(sourceId, finding);
  log.info("sourceVerified", { sourceId, code: finding.problem?.code ?? "none" });
  return { source, finding };
}

/**
 * Removes a source with its credential. Its segments are gone then; an export that is made of one at the very same time
 * is not seen, and its runs are skipped. Throws `notPermitted`, `sourceNotFound`, `sourceInUse`.
 */
export async function deleteSource(
  dependencies: Pick<
    ChangeSourceDependencies,
    "sources" | "findings" | "secrets" | "exports" | "log"
  >,
  { caller, sourceId }: { caller: Caller; sourceId: string },
): Promise<MadeSource> {
  const { sources, findings, secrets, exports, log } = dependencies;
  requireAccess(caller, "deleteSource");
  const { source } = await getSource(dependencies, { caller, sourceId });
  await refuseWhileInUse(exports, sourceId);
  // The credential first: from here on nothing can be read. What is left if this breaks off can still be found.
  if ("secretArn" in source.credential) {
    await secrets.delete(source.credential.secretArn);
  }
  await findings.delete(sourceId);
  await sources.delete(sourceId);
  log.info("sourceDeleted", { sourceId });
  return source;
}
