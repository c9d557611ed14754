import { mkdirSync } from "node:fs";
import path from "node:path";

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
