import { createSourceFindings } from "../../shared/adapters/aws/dynamodb/sources/source-findings";
import { createSourceStore } from "../../shared/adapters/aws/dynamodb/sources/source-store";
import { createIdentityProof } from "../../shared/adapters/aws/identity-proof";
import { createListedFolder } from "../../shared/adapters/aws/s3/listed-folder";
import { createS3Folder } from "../../shared/adapters/aws/s3/object-folder";
import { createSourceSecrets } from "../../shared/adapters/aws/source-secrets";
import { createBlobFolder, type AzureCredential } from "../../shared/adapters/azure/blob-folder";
import { createFederatedSignIn } from "../../shared/adapters/azure/federated-sign-in";
import type { VariablesOf, VariablesOfAll } from "../../shared/config/needs";
import { DomainError } from "../../shared/domain/problems/problem";
import {
  readableSourcesSchema,
  requireReadable,
} from "../../shared/domain/sources/readable-sources";
import type { MadeSource, S3Place } from "../../shared/domain/sources/source";
import type { ObjectFolder, SourceSecrets } from "../../shared/ports";
import { createExportFolder } from "../../shared/use-cases/sources/export-folder";
import { openNoted } from "../../shared/use-cases/sources/noted-state";
import { segmentsOfAll, type SegmentSources } from "../../shared/use-cases/sources/all-segments";
import { segmentsAsSet } from "../../shared/use-cases/segments/segments-as-set";
import type { OpenFolder } from "../../shared/use-cases/sources/source-check";
import { documents, s3, secretsManager, sts } from "./clients";
import { bucketSegments, clock, log, reporter, segmentSettings } from "./parts";

/** How the sources of segments are made that functions are wired with. */

type OfSources = VariablesOf<"sources"> & VariablesOfAll;

/** Whether all files of a source are read, or its `model.json` alone: the rights differ. */
type Reads = "allFiles" | "modelAlone";

export const sources = (environment: VariablesOf<"settings"> & VariablesOfAll) =>
  createSourceStore(documents(), environment.SETTINGS_TABLE, reporter(environment));
export const sourceFindings = (environment: VariablesOf<"settings">) =>
  createSourceFindings(documents(), environment.SETTINGS_TABLE);
export const sourceSecrets = (environment: VariablesOf<"sourceSecrets">): SourceSecrets =>
  createSourceSecrets(secretsManager(), environment.SOURCE_SECRET_PREFIX);

/** What opens the folders of sources, where this stage may read. */
export function folderOpener(
  environment: OfSources,
  secrets: Pick<SourceSecrets, "read">,
  reads: Reads,
): OpenFolder {
  const readable = readableSourcesSchema.parse(JSON.parse(environment.SOURCES));
  if (readable.azureEmulator !== undefined && environment.STAGE !== "local") {
    throw new TypeError("an emulator stands for Azure in the stage local only");
  }
  const emulator = readable.azureEmulator;
  const localHost = emulator === undefined ? undefined : new URL(emulator.url).host;
  const signIn = createFederatedSignIn({
    prove: createIdentityProof(sts),
    clock,
    authority: emulator?.authority,
  });

  async function azureCredential(
    credential: MadeSource["credential"],
    secret: string | undefined,
  ): Promise<AzureCredential> {
    switch (credential.kind) {
      case "sasToken":
        return {
          kind: credential.kind,
          sasToken: secret ?? (await secrets.read(credential.secretArn)),
        };
      case "accountKey":
        return {
          kind: credential.kind,
          accountKey: secret ?? (await secrets.read(credential.secretArn)),
        };
      case "federated":
        return { kind: credential.kind, token: signIn(credential) };
      case "none":
        throw new DomainError("secretUnreadable");
    }
  }

  return async ({ sourceId, displayName, place, credential }, secret) => {
    requireReadable(readable, { place, credential });
    const folder =
      place.kind === "s3"
        ? bucketFolder(place, reads)
        : createBlobFolder(
            place,
            await azureCredential(credential, secret),
            credential.kind === "federated" ? emulator?.bearerUrl : emulator?.url,
          );
    return { sourceId, displayName, place, folder, clock, localHost };
  };
}

function bucketFolder(place: S3Place, reads: Reads): ObjectFolder {
  const folder = createS3Folder(s3(), place);
  return reads === "allFiles" ? folder : createListedFolder(folder);
}

/** The segments of all sources, for who looks whether they were refreshed and reads none of them. */
export function segmentsLookedAt(
  environment: VariablesOf<"sourceModels" | "segments" | "settings"> & VariablesOfAll,
  label: string,
) {
  return segmentsOf(environment, label, "modelAlone");
}

/** The segments of all sources, as functions read them. */
export function segments(
  environment: OfSources & VariablesOf<"segments" | "settings">,
  label: string,
) {
  return segmentsOf(environment, label, "allFiles");
}

function segmentsOf(
  environment: OfSources & VariablesOf<"segments" | "settings">,
  label: string,
  reads: Reads,
) {
  const openFolder = folderOpener(environment, sourceSecrets(environment), reads);
  return segmentsThrough(environment, label, async (source) =>
    createExportFolder(await openFolder(source)),
  );
}

/** The same as runs read them, which note in what state they find the sources. */
export function segmentsOfRuns(
  environment: OfSources & VariablesOf<"segments" | "settings">,
  label: string,
) {
  const openFolder = folderOpener(environment, sourceSecrets(environment), "allFiles");
  const noting = {
    findings: sourceFindings(environment),
    clock,
    log: log(label, environment),
  };
  return segmentsThrough(environment, label, (source) =>
    openNoted(noting, source.sourceId, async () => createExportFolder(await openFolder(source))),
  );
}

function segmentsThrough(
  environment: OfSources & VariablesOf<"segments" | "settings">,
  label: string,
  open: SegmentSources["open"],
) {
  return segmentsAsSet(
    segmentsOfAll({
      builtIn: bucketSegments(environment),
      made: sources(environment),
      open,
      log: log(label, environment),
    }),
    segmentSettings(environment),
  );
}
