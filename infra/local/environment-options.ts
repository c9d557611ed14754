import type { Clock } from "./clock";
import type { StartConsole } from "./console/local-console";

/** What the embedded environment can be told. */
export interface EnvironmentOptions {
  /** Base URL of an AWS-compatible endpoint to use instead of the embedded services. */
  readonly awsEndpoint?: string | undefined;
  /** A cloud assembly with one stack. @default the stage `local`, synthesized unless it is already */
  readonly templateDirectory?: string;
  /** Variables that every function gets instead of the template's own. */
  readonly environmentOverrides?: Readonly<Record<string, string>>;
  /** What the schedules go by; the functions have the machine's time. @default the machine's clock */
  readonly scheduleClock?: Clock;
  /** Whether Azure's storage and Microsoft Entra are started, where sources of segments may be. @default false */
  readonly azureStorage?: boolean;
  /** Serves the console (`localConsole` in console/local-console.ts). @default no console */
  readonly console?: StartConsole | undefined;
  /** The API's port. @default any free one */
  readonly port?: number;
  /**
   * Whether calls of functions and schedules are refused that their roles in the template do not allow.
   * With an endpoint of one's own, that is the endpoint's affair. @default true
   */
  readonly enforcePermissions?: boolean;
  /** Told about what goes wrong outside of functions, one line each. @default standard error */
  readonly onProblem?: (line: string) => void;
  /**
   * Executions of all functions at a time, above which Lambda starts no more: calls of the API are answered
   * 503 then, and messages are tried again until their queue's visibility timeout ends, after which they come back
   * as delivered once more. @default 1,000, Lambda's quota of an account that is not new
   */
  readonly accountConcurrency?: number;
  /** Delayed messages wait for so much of their delay: a proof need not sit out the pauses of a long run. @default 1 */
  readonly messageDelayFactor?: number;
  /** How many processes a function without reserved concurrency may have. @default 10 */
  readonly maximumConcurrency?: number;
}
