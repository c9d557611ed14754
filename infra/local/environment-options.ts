import type { Clock } from "./clock";

/** What the embedded environment can be told. */
export interface EnvironmentOptions {
  /** Base URL of an AWS-compatible endpoint to use instead of the embedded services. */
  readonly awsEndpoint?: string;
  /** A cloud assembly with one stack. @default the stage `local`, synthesized unless it is already */
  readonly templateDirectory?: string;
  /** Variables that every function gets instead of the template's own. */
  readonly environmentOverrides?: Readonly<Record<string, string>>;
  /** What the schedules go by; the functions have the machine's time. @default the machine's clock */
  readonly scheduleClock?: Clock;
  /** The API's port. @default any free one */
  readonly port?: number;
  /** Told about what goes wrong outside of functions, one line each. @default standard error */
  readonly onProblem?: (line: string) => void;
  /** How many processes a function without reserved concurrency may have. @default 10 */
  readonly maximumConcurrency?: number;
}
