import type { LogLevel } from "./log-filter";

/** A Lambda function as its template describes it, with all values resolved. */
export interface FunctionDefinition {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Whose permissions it has. */
  readonly roleArn: string;
  /** The code asset's directory. */
  readonly directory: string;
  /** `file.export`. */
  readonly handler: string;
  readonly runtime: string;
  readonly memoryMegabytes: number;
  /** Disk under /tmp. */
  readonly storageMegabytes: number;
  readonly timeoutSeconds: number;
  /** How many run at once at most; the host's own limit when undefined. */
  readonly reservedConcurrency: number | undefined;
  /** Whether a chain of requests may invoke it any number of times; Lambda stops it after 16 by default. */
  readonly recursiveLoop: "Allow" | "Terminate";
  /** Lines below it are dropped; undefined where the log is plain text, of which Lambda drops none. */
  readonly logLevel: LogLevel | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** The longest that may pass until a function has loaded. Lambda says 10 s; a laptop may be busy. */
export const initializationTimeoutMilliseconds = 30_000;

/** Lambda's limit for what a synchronously invoked function is given and answers: 6 MB. */
export const payloadLimitBytes = 6 * 1024 * 1024;
