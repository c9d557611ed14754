import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { FederatedApp } from "../../domain/sources/federated-app";
import { endOfSasToken } from "../../domain/sources/sas-token";
import type {
  ExportPlace,
  MadeSource,
  SourceFinding,
  StoredCredential,
} from "../../domain/sources/source";
import { SOURCE_ID } from "../../domain/sources/source-names";
import type { Clock, Log, SourceFindings, SourceSecrets, SourceStore } from "../../ports";
import { requireAccess } from "../access/access";
import { checkSource, type SourceCheckDependencies } from "./source-check";

export interface CreateSourceDependencies extends SourceCheckDependencies {
  readonly sources: Pick<SourceStore, "create" | "delete" | "get" | "list">;
  readonly findings: Pick<SourceFindings, "put" | "get">;
  readonly secrets: Pick<SourceSecrets, "create" | "delete">;
  readonly clock: Clock;
  readonly log: Log;
}

/** How a source lets in, as a person enters it. */
export type NewCredential =
  | { readonly kind: "none" }
  | { readonly kind: "sasToken"; readonly sasToken: string }
  | { readonly kind: "accountKey"; readonly accountKey: string }
  | ({ readonly kind: "federated" } & FederatedApp);

export interface CreateSourceInput {
  readonly caller: Caller;
  /** The source's id. @default the display name in lower case, with dashes */
  readonly id?: string | undefined;
  readonly displayName: string;
  readonly place: ExportPlace;
  readonly credential: NewCredential;
  /** Of a request that may be repeated: the source is made once. */
  readonly seed?: string | undefined;
}

/** A source with what was found in it; nothing has been found while nobody has looked. */
export interface SourceView {
  readonly source: MadeSource;
  readonly finding: SourceFinding | undefined;
}

/**
 * Makes a source once everything about it holds: the place lets in and has a `model.json`, id and name are free. Throws
 * `notPermitted`, `sourceIdTaken`, `displayNameTaken`, `tooManySources`, and what {@link checkSource} throws; nothing is
 * left behind then.
 */
export async function createSource(
  dependencies: CreateSourceDependencies,
  { caller, id, displayName, place, credential, seed }: CreateSourceInput,
): Promise<SourceView> {
  const { sources, findings, secrets, clock, log } = dependencies;
  requireAccess(caller, "createSource");
  const sourceId = id ?? idFrom(displayName);
  const before = await sources.get(sourceId);
  if (before !== undefined) {
    if (seed !== undefined && before.madeBy === seed) {
      return { source: before, finding: await findings.get(sourceId) };
    }
    throw new DomainError("sourceIdTaken", { sourceId }, "/id");
  }
  const secret = secretOf(credential);
  const described = { sourceId, displayName, place };
  const finding = await checkSource(
    dependencies,
    { ...described, credential: storedCredential(credential, "") },
    secret,
  );
  const now = clock.now().toISOString();
  const secretArn = secret === undefined ? "" : await secrets.create(sourceId, secret);
  const source: MadeSource = {
    ...described,
    kind: "customerInsights",
    credential: storedCredential(credential, secretArn),
    version: 1,
    ...{ createdAt: now, createdBy: caller.userId, updatedAt: now, updatedBy: caller.userId },
    // As it is when it is read: the two are compared.
    ...(seed === undefined ? {} : { madeBy: seed }),
  };
  try {
    await sources.create(source);
  } catch (error) {
    // Whoever made a source with this id at the same time has its secret under the same name.
    if (secretArn !== "" && (await sources.get(sourceId)) === undefined) {
      await secrets.delete(secretArn);
    }
    throw error;
  }
  await findings.put(sourceId, finding);
  log.info("sourceCreated", { sourceId, tables: finding.tableCount ?? 0 });
  return { source, finding };
}

/** What Secrets Manager keeps of a credential. */
export function secretOf(credential: NewCredential): string | undefined {
  switch (credential.kind) {
    case "none":
    case "federated":
      return undefined;
    case "sasToken":
      return credential.sasToken;
    case "accountKey":
      return credential.accountKey;
  }
}

export function storedCredential(credential: NewCredential, secretArn: string): StoredCredential {
  switch (credential.kind) {
    case "none":
      return { kind: "none" };
    case "federated": {
      const { kind, tenantId, clientId } = credential;
      return { kind, tenantId, clientId };
    }
    case "sasToken": {
      const end = endOfSasToken(credential.sasToken);
      return {
        kind: "sasToken",
        secretArn,
        // As it is when it is read: the two are compared.
        ...(end === undefined ? {} : { expiresAt: end.toISOString() }),
      };
    }
    case "accountKey":
      return { kind: "accountKey", secretArn };
  }
}

/** An id that tells which source it is. Throws `invalidRequest` where the name has no letter for one. */
function idFrom(displayName: string): string {
  const id = displayName
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  if (!new RegExp(`^${SOURCE_ID}$`).test(id)) {
    const reason = "give an id: the display name has no letter from a to z";
    throw new DomainError("invalidRequest", { reason }, "/id");
  }
  return id;
}
