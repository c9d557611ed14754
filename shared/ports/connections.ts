import type { Connection } from "../domain/connections/connection";
import type { Page, PageRequest } from "../domain/paging/every-page";

export interface ConnectionStore {
  /** Throws `displayNameTaken`; names are compared without regard to case and outer space. */
  create(connection: Connection): Promise<void>;
  get(connectionId: string): Promise<Connection | undefined>;
  list(page: PageRequest): Promise<Page<Connection>>;
  /**
   * Writes what people set (name, sharing, limit, where the key is) if the stored version is still
   * `expectedVersion`; what was found out about the key is left as it is stored. Returns false if the
   * connection changed meanwhile or is gone. Throws `displayNameTaken`.
   */
  update(changed: Connection, expectedVersion: number): Promise<boolean>;
  /** Keeps what was found out about the key and the account; does nothing if the connection is gone. */
  noteFinding(connectionId: string, found: ConnectionFinding): Promise<void>;
  /** Frees the display name too. Deleting what is not there succeeds. */
  delete(connectionId: string): Promise<void>;
}

/** What is not given stays as it is stored. */
type ConnectionFinding = Pick<Connection, "keyFinding"> &
  Partial<Pick<Connection, "account" | "scopes" | "revision" | "lastUsedAt">>;

/** Keeps API keys; nothing else does. Also reads them from the customers' own secrets. */
export interface SecretStore {
  /** Returns the new secret's ARN. */
  create(connectionId: string, apiKey: string): Promise<string>;
  /** Puts another key in a secret's place; if the secret is gone it is made anew. Returns its ARN. */
  replace(secretArn: string, connectionId: string, apiKey: string): Promise<string>;
  /** With `fresh` never from memory, which may be a minute behind. Throws `secretUnreadable`, `secretScheduledForDeletion`. */
  read(secretArn: string, options?: { fresh?: boolean }): Promise<string>;
  /** Whether an ARN names a secret that this store made, for whichever connection. */
  isOwn(secretArn: string): boolean;
  /** At once and for ever. Deleting what is not there succeeds. */
  delete(secretArn: string): Promise<void>;
}
