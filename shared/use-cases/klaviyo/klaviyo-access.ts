import type { Connection } from "../../domain/connections/connection";
import { DomainError, problem, type Problem } from "../../domain/problems/problem";
import type { Run } from "../../domain/runs/run";
import type { Klaviyo } from "../../ports";
import { holdCredential, type CredentialDependencies } from "./credential";
import {
  createKlaviyoClient,
  type CallManner,
  type KlaviyoClient,
  type KlaviyoClientDependencies,
} from "./klaviyo-client";

/** Where a run sends to: its connection, and Klaviyo over it. */
export interface Destination {
  readonly connection: Connection;
  readonly klaviyo: KlaviyoClient;
}

type FoundDestination =
  | ({ readonly kind: "destination" } & Destination)
  | { readonly kind: "unusable"; readonly problem: Problem };

/** The way to Klaviyo, which knows what lets calls in, so that nobody else has to. */
export interface KlaviyoAccess {
  /** Finds the destination of a run. */
  destinationOf(run: Pick<Run, "settings" | "plan">, manner: CallManner): Promise<FoundDestination>;
  /** Klaviyo over a connection. Throws `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`. */
  over(connection: Connection, manner: CallManner): Promise<KlaviyoClient>;
  /** As of {@link Klaviyo}: of what no connection has yet, or that is to be tried again. */
  readonly checkKey: Klaviyo["checkKey"];
}

export type KlaviyoAccessDependencies = KlaviyoClientDependencies & CredentialDependencies;

export function createKlaviyoAccess(dependencies: KlaviyoAccessDependencies): KlaviyoAccess {
  const { klaviyo, connections } = dependencies;

  async function over(connection: Connection, manner: CallManner): Promise<KlaviyoClient> {
    const credential = await holdCredential(dependencies, connection);
    const accountId = connection.account.id;
    return createKlaviyoClient(dependencies, { accountId, credential }, manner);
  }

  return {
    over,
    async destinationOf({ settings, plan }, manner) {
      const connection = await connections.get(settings.connectionId);
      if (connection === undefined) {
        const code = plan === undefined ? "noConnectionAttached" : "connectionRemoved";
        return { kind: "unusable", problem: problem(code) };
      }
      try {
        return { kind: "destination", connection, klaviyo: await over(connection, manner) };
      } catch (error) {
        if (error instanceof DomainError) {
          return { kind: "unusable", problem: error.problem };
        }
        throw error;
      }
    },
    checkKey: (credential) => klaviyo.checkKey(credential),
  };
}
