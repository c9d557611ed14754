/** The run's files in the work bucket, as far as preparation and accounting need them. */
export interface WorkFiles {
  /** Writes a file whole, replacing what is there. */
  upload(key: string, content: WorkFileContent): Promise<void>;
  /** Writes the file's bytes to a local path. Throws `WorkFileNotFound` when there is none. */
  download(key: string, localPath: string): Promise<void>;
  /** The file's bytes. Throws `WorkFileNotFound` when there is none. */
  read(key: string): Promise<Buffer>;
  /** Copies a file within the bucket. Throws `WorkFileNotFound` when there is none. */
  copy(from: string, to: string): Promise<void>;
  /** All keys that start so, in order. */
  list(prefix: string): Promise<readonly string[]>;
}

type WorkFileContent = { readonly bytes: Buffer } | { readonly localPath: string };

/** Tells a file that is not there from one that can't be reached just now, which is worth a retry. */
export class WorkFileNotFound extends Error {
  override readonly name = "WorkFileNotFound";
  constructor(readonly key: string) {
    super(`there is no file ${key}`);
  }
}
