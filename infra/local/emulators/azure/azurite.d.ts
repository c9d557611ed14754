// Azurite is published without types; this is the part that is used here.
declare module "azurite/dist/src/blob/BlobConfiguration.js" {
  import type { Writable } from "node:stream";

  export default class BlobConfiguration {
    readonly host: string;
    constructor(
      host: string,
      port: number,
      keepAliveTimeout: number | undefined,
      metadataDBPath: string,
      extentDBPath: string,
      persistencePathArray: { locationId: string; locationPath: string; maxConcurrency: number }[],
      enableAccessLog: boolean,
      accessLogWriteStream: Writable | undefined,
      enableDebugLog: boolean,
    );
  }
}

declare module "azurite/dist/src/blob/BlobServer.js" {
  import type BlobConfiguration from "azurite/dist/src/blob/BlobConfiguration.js";

  export default class BlobServer {
    constructor(configuration: BlobConfiguration);
    start(): Promise<void>;
    close(): Promise<void>;
    getHttpServerAddress(): string;
  }
}

declare module "azurite/dist/src/blob/utils/constants.js" {
  /** The account that every emulator of Azure's storage has, and its key, which is public. */
  export const EMULATOR_ACCOUNT_NAME: string;
  export const EMULATOR_ACCOUNT_KEY_STR: string;
}
