import type { Connection } from "../domain/connections/connection";
import type { KeptCredential } from "../domain/klaviyo/credential";
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
  /**
   * Gives one worker alone the right to write a connection's secret, from now until then; for another time if it has
   * it already. False while another has it, or if the connection is gone.
   */
  holdSecret(
    connectionId: string,
    holder: string,
    lease: { readonly now: Date; readonly until: Date },
  ): Promise<boolean>;
  /** Gives that right up; does nothing if another has it. */
  releaseSecret(connectionId: string, holder: string): Promise<void>;
  /** Frees the display name too. Deleting what is not there succeeds. */
  delete(connectionId: string): Promise<void>;
}

/** What is not given stays as it is stored. */
type ConnectionFinding = Pick<Connection, "keyFinding"> &
  Partial<Pick<Connection, "account" | "scopes" | "revision" | "lastUsedAt">>;

/** Keeps API keys and the tokens of sign-ins; nothing else does. Also reads keys from the customers' own secrets. */
export interface SecretStore {
  /** Returns the new secret's ARN. */
  create(connectionId: string, kept: KeptCredential): Promise<string>;
  /** Puts another key, or tokens, in a secret's place; if the secret is gone it is made anew. Returns its ARN. */
  replace(secretArn: string, connectionId: string, kept: KeptCredential): Promise<string>;
  /** With `fresh` never from memory, which may be a minute behind. Throws `secretUnreadable`, `secretScheduledForDeletion`. */
  read(secretArn: string, options?: { fresh?: boolean }): Promise<KeptCredential>;
  /** Whether an ARN names a secret that this store made, for whichever connection. */
  isOwn(secretArn: string): boolean;
  /** At once and for ever. Deleting what is not there succeeds. */
  delete(secretArn: string): Promise<void>;
}
