import { mkdirSync } from "node:fs";
import path from "node:path";
import { readableSourcesSchema } from "../../../../shared/domain/sources/readable-sources";
import type { FunctionDefinition } from "../../functions/function-definition";

/** Microsoft's emulator of Azure's blob storage, on loopback. */
export interface AzureStorage {
  /** Its address, without the account. */
  readonly url: string;
  readonly account: string;
  readonly accountKey: string;
  close(): Promise<void>;
}

/** Starts Azurite in this process. What is put there is kept below `directory`. */
export async function startAzureStorage(directory: string): Promise<AzureStorage> {
  mkdirSync(directory, { recursive: true });
  // Loaded when it is asked for: it takes half a second and 100 MB.
  const [server, configuration, constants] = await Promise.all([
    import("azurite/dist/src/blob/BlobServer.js"),
    import("azurite/dist/src/blob/BlobConfiguration.js"),
    import("azurite/dist/src/blob/utils/constants.js"),
  ]);
  const blobServer = new server.default(
    new configuration.default(
      ...(["127.0.0.1", 0, undefined] as const),
      path.join(directory, "blobs.json"),
      path.join(directory, "extents.json"),
      [
        {
          locationId: "Default",
          locationPath: path.join(directory, "blobs"),
          maxConcurrency: 10,
        },
      ],
      ...([false, undefined, false] as const),
    ),
  );
  await blobServer.start();
  return {
    url: blobServer.getHttpServerAddress(),
    account: constants.EMULATOR_ACCOUNT_NAME,
    accountKey: constants.EMULATOR_ACCOUNT_KEY_STR,
    close: () => blobServer.close(),
  };
}

/** Functions that read sources, which are told where the emulator is. */
export function withAzureEmulator(
  definitions: readonly FunctionDefinition[],
  url: string,
): readonly FunctionDefinition[] {
  return definitions.map((definition) => {
    const { SOURCES } = definition.environment;
    if (SOURCES === undefined) {
      return definition;
    }
    const readable = readableSourcesSchema.parse(JSON.parse(SOURCES));
    return {
      ...definition,
      environment: {
        ...definition.environment,
        SOURCES: JSON.stringify({ ...readable, azureEmulator: url }),
      },
    };
  });
}
