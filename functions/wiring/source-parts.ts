import { createSourceFindings } from "../../shared/adapters/aws/dynamodb/sources/source-findings";
import { createSourceStore } from "../../shared/adapters/aws/dynamodb/sources/source-store";
import { createS3Folder } from "../../shared/adapters/aws/s3/object-folder";
import { createSourceSecrets } from "../../shared/adapters/aws/source-secrets";
import { createBlobFolder, type AzureCredential } from "../../shared/adapters/azure/blob-folder";
import type { VariablesOf, VariablesOfAll } from "../../shared/config/needs";
import { DomainError } from "../../shared/domain/problems/problem";
import {
  readableSourcesSchema,
  requireReadable,
} from "../../shared/domain/sources/readable-sources";
import type { MadeSource } from "../../shared/domain/sources/source";
import type { SourceSecrets } from "../../shared/ports";
import { createExportFolder } from "../../shared/use-cases/sources/export-folder";
import { openNoted } from "../../shared/use-cases/sources/noted-state";
import { segmentsOfAll, type SegmentSources } from "../../shared/use-cases/sources/all-segments";
import { segmentsAsSet } from "../../shared/use-cases/segments/segments-as-set";
import type { OpenFolder } from "../../shared/use-cases/sources/source-check";
import { documents, s3, secretsManager } from "./clients";
import { bucketSegments, clock, log, reporter, segmentSettings } from "./parts";

/** How the sources of segments are made that functions are wired with. */

type OfSources = VariablesOf<"sources"> & VariablesOfAll;

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
): OpenFolder {
  const readable = readableSourcesSchema.parse(JSON.parse(environment.SOURCES));
  if (readable.azureEmulator !== undefined && environment.STAGE !== "local") {
    throw new TypeError("an emulator stands for Azure in the stage local only");
  }
  const localHost =
    readable.azureEmulator === undefined ? undefined : new URL(readable.azureEmulator).host;
  return async ({ sourceId, displayName, place, credential }, secret) => {
    requireReadable(readable, place);
    const folder =
      place.kind === "s3"
        ? createS3Folder(s3(), place)
        : createBlobFolder(
            place,
            azureCredential(
              credential.kind,
              secret ?? (await secrets.read("secretArn" in credential ? credential.secretArn : "")),
            ),
            readable.azureEmulator,
          );
    return { sourceId, displayName, place, folder, clock, localHost };
  };
}

function azureCredential(kind: MadeSource["credential"]["kind"], value: string): AzureCredential {
  switch (kind) {
    case "sasToken":
      return { kind, sasToken: value };
    case "accountKey":
      return { kind, accountKey: value };
    case "none":
      throw new DomainError("secretUnreadable");
  }
}

/** The segments of all sources, as every function reads them. */
export function segments(
  environment: OfSources & VariablesOf<"segments" | "settings">,
  label: string,
) {
  const openFolder = folderOpener(environment, sourceSecrets(environment));
  return segmentsThrough(environment, label, async (source) =>
    createExportFolder(await openFolder(source)),
  );
}

/** The same as runs read them, which note in what state they find the sources. */
export function segmentsOfRuns(
  environment: OfSources & VariablesOf<"segments" | "settings">,
  label: string,
) {
  const openFolder = folderOpener(environment, sourceSecrets(environment));
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
