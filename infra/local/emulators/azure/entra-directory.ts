import { randomUUID } from "node:crypto";

/** Whom an app of Microsoft Entra trusts: a token with exactly these claims stands for a password of the app's. */
interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

export interface EntraApp {
  readonly clientId: string;
  /** Of the app's service principal, to which roles are given. */
  readonly objectId: string;
  readonly federatedCredentials: FederatedCredential[];
  /** The containers that it may read and list (Storage Blob Data Reader), or all of the account. */
  readonly readableContainers: Set<string> | "all";
}

/** The one tenant of Microsoft Entra there is here, with its apps. People change it as they do in its portal. */
export interface EntraDirectory {
  readonly tenantId: string;
  readonly apps: ReadonlyMap<string, EntraApp>;
  /** Seconds for which its tokens are good: Microsoft gives an hour to an hour and a half. */
  tokenSeconds: number;
  /** How many tokens have been issued. */
  tokensIssued: number;
  /** Seconds by which Azure's clock is ahead of this machine's, so that tokens can end without anybody waiting. */
  aheadSeconds: number;
  registerApp(readableContainers: readonly string[] | "all"): EntraApp;
}

/** The time by Azure's clock. */
export function azureNow({ aheadSeconds }: Pick<EntraDirectory, "aheadSeconds">): Date {
  return new Date(Date.now() + aheadSeconds * 1_000);
}

export function createEntraDirectory(): EntraDirectory {
  const apps = new Map<string, EntraApp>();
  return {
    tenantId: randomUUID(),
    apps,
    tokenSeconds: 3_600,
    tokensIssued: 0,
    aheadSeconds: 0,
    registerApp: (readableContainers) => {
      const app: EntraApp = {
        clientId: randomUUID(),
        objectId: randomUUID(),
        federatedCredentials: [],
        readableContainers:
          readableContainers === "all" ? readableContainers : new Set(readableContainers),
      };
      apps.set(app.clientId, app);
      return app;
    },
  };
}
