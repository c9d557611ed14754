import type { Readable } from "node:stream";
import type { Page } from "../domain/paging/every-page";
import type { MadeSource, SourceFinding } from "../domain/sources/source";

/** The sources that administrators have made; few, so that they are always listed together. */
export interface SourceStore {
  list(): Promise<Page<MadeSource>>;
  get(sourceId: string): Promise<MadeSource | undefined>;
  /** Throws `sourceIdTaken`, `displayNameTaken`, `tooManySources`; names are compared without regard to case. */
  create(source: MadeSource): Promise<void>;
  /** Writes it if the stored version is still `expectedVersion`; returns whether it was. Throws `displayNameTaken`. */
  update(changed: MadeSource, expectedVersion: number): Promise<boolean>;
  /** Deleting what is not there succeeds. */
  delete(sourceId: string): Promise<void>;
}

/** What was found in sources when they were looked at last. */
export interface SourceFindings {
  get(sourceId: string): Promise<SourceFinding | undefined>;
  put(sourceId: string, finding: SourceFinding): Promise<void>;
  /** Deleting what is not there succeeds. */
  delete(sourceId: string): Promise<void>;
}

/** Keeps the tokens and keys of sources; nothing else does. */
export interface SourceSecrets {
  /** Returns the new secret's ARN; where the source has one already, its value is replaced. */
  create(sourceId: string, value: string): Promise<string>;
  /** Throws `secretUnreadable`, `secretScheduledForDeletion`. */
  read(secretArn: string): Promise<string>;
  /** At once and for ever. Deleting what is not there succeeds. */
  delete(secretArn: string): Promise<void>;
}

/** An object of a folder. */
export interface FolderObject {
  /** Its path below the folder. */
  readonly path: string;
  readonly bytes: number;
  readonly version: string;
  readonly modifiedAt: Date;
}

/**
 * A folder in somebody's object storage. All of it throws `sourceForbidden`, `sourcePlaceMissing`, and
 * `sourceUnavailable`, which passes.
 */
export interface ObjectFolder {
  /** The object at a path below the folder; undefined when there is none, or only a mark of a folder. */
  find(path: string): Promise<FolderObject | undefined>;
  /**
   * What lies directly in a folder below this one: at most so many names; `complete` is false where there are more.
   *
   * @param below its path, without a slash at its ends
   */
  list(
    below: string,
    most: number,
  ): Promise<{
    /** The names of its folders. */
    readonly folders: readonly string[];
    readonly objects: readonly FolderObject[];
    readonly complete: boolean;
  }>;
  /** The bytes of exactly that version; throws what `changed` makes when it is there no more. */
  open(object: Pick<FolderObject, "path" | "version">, changed: () => Error): Promise<Readable>;
}
