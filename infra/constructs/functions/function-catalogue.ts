import type { FunctionName } from "../../../shared/config/environment";

export interface FunctionSettings {
  /** File that exports `handler`, from the project's root. */
  readonly entry: string;
  /** In kebab case; names the function and its log group. */
  readonly label: string;
  readonly description: string;
  /** MB, as every account allows. Lambda gives a full processor for every 1,769 MB. */
  readonly memory: number;
  /** MB, where the account allows so much. */
  readonly ampleMemory?: number;
  readonly timeoutSeconds: number;
  /** Disk under /tmp, MB. @default 512 */
  readonly storage?: number;
  /**
   * Why the same chain of messages invokes it more than 16 times, where it does: Lambda stops every other
   * function then ("Use Lambda recursive loop detection"). What it sends itself must end with the run.
   */
  readonly loopsBecause?: string;
  /** Whether DuckDB (70 MB unpacked) is put beside the bundle. */
  readonly duckdb: boolean;
}

/** API Gateway gives up on a function after 30 seconds; the function must give up first. */
const API_TIMEOUT_SECONDS = 29;

/** Every function of the system, and what it runs with. */
export const functionCatalogue = {
  connectionsApi: {
    entry: "functions/api/connections/handler.ts",
    label: "connections-api",
    description: "Makes, shows, checks, changes and removes connections to Klaviyo accounts",
    memory: 1024,
    timeoutSeconds: API_TIMEOUT_SECONDS,
    duckdb: false,
  },
  descriptionApi: {
    entry: "functions/api/description/handler.ts",
    label: "description-api",
    description: "Shows the API's description (OpenAPI)",
    memory: 512,
    timeoutSeconds: API_TIMEOUT_SECONDS,
    duckdb: false,
  },
  auditApi: {
    entry: "functions/api/audit/handler.ts",
    label: "audit-api",
    description: "Shows who changed what and what became of runs",
    memory: 1024,
    timeoutSeconds: API_TIMEOUT_SECONDS,
    duckdb: false,
  },
  segmentsApi: {
    entry: "functions/api/segments/handler.ts",
    label: "segments-api",
    description: "Lists segments and describes their fields and members",
    // A description reads the whole segment within the API's 29 seconds: as near to two processors as it may be.
    memory: 3008,
    ampleMemory: 3538,
    timeoutSeconds: API_TIMEOUT_SECONDS,
    storage: 4096,
    duckdb: true,
  },
  exportsApi: {
    entry: "functions/api/exports/handler.ts",
    label: "exports-api",
    description: "Makes, lists, shows, changes and deletes exports",
    memory: 1024,
    timeoutSeconds: API_TIMEOUT_SECONDS,
    duckdb: false,
  },
  runsApi: {
    entry: "functions/api/runs/handler.ts",
    label: "runs-api",
    description: "Starts, cancels, lists and shows runs, and links to their rejection reports",
    memory: 1024,
    timeoutSeconds: API_TIMEOUT_SECONDS,
    duckdb: false,
  },
  schedulesApi: {
    entry: "functions/api/schedules/handler.ts",
    label: "schedules-api",
    description: "Shows and sets when the system refresh and the exports run by themselves",
    memory: 1024,
    timeoutSeconds: API_TIMEOUT_SECONDS,
    duckdb: false,
  },
  startRuns: {
    entry: "functions/jobs/start-runs/handler.ts",
    label: "start-runs",
    description: "Finds the exports that are due, and starts their runs",
    memory: 1024,
    timeoutSeconds: 60,
    loopsBecause:
      "A start that AWS's own trouble holds up is put off by a new message, for up to six hours.",
    duckdb: false,
  },
  prepareRun: {
    entry: "functions/jobs/prepare-run/handler.ts",
    label: "prepare-run",
    description: "Reads a run's segments, checks and compares them, and stages the chunks",
    memory: 3008,
    ampleMemory: 4096,
    // Lambda's most: what takes longer can't be prepared in one piece.
    timeoutSeconds: 900,
    storage: 10240,
    loopsBecause:
      "A preparation that Klaviyo does not let go on is put off by a new message, for up to an hour; reading a list goes on from message to message.",
    duckdb: true,
  },
  pushChunks: {
    entry: "functions/jobs/push-chunks/handler.ts",
    label: "push-chunks",
    description: "Gives staged chunks to Klaviyo as import jobs, at the account's pace",
    memory: 1024,
    // Ten chunks take 4 s of waiting at Klaviyo's steady 150 jobs a minute, besides their transfer.
    timeoutSeconds: 60,
    loopsBecause:
      "A chunk whose turn has not come, or that Klaviyo can't take now, is put off by a new message.",
    duckdb: false,
  },
  confirmRun: {
    entry: "functions/jobs/confirm-run/handler.ts",
    label: "confirm-run",
    description:
      "Asks Klaviyo what became of a run's import jobs, settles their chunks, and subscribes members",
    memory: 1024,
    timeoutSeconds: 120,
    loopsBecause:
      "Each round of a run's confirmation calls for the next, until Klaviyo's jobs are complete; subscribing goes on from message to message.",
    duckdb: false,
  },
  settleRun: {
    entry: "functions/jobs/settle-run/handler.ts",
    label: "settle-run",
    description: "Ends a run: rejection report, snapshot, numbers and status",
    memory: 3008,
    ampleMemory: 4096,
    timeoutSeconds: 900,
    storage: 10240,
    loopsBecause:
      "A settlement that AWS's own trouble holds up is put off by a new message, for up to a day.",
    duckdb: true,
  },
  settleDeadLetters: {
    entry: "functions/jobs/settle-dead-letters/handler.ts",
    label: "settle-dead-letters",
    description:
      "Ends what a message was about that could not be handled, so that its run ends too",
    memory: 512,
    timeoutSeconds: 60,
    duckdb: false,
  },
  watchRuns: {
    entry: "functions/jobs/watch-runs/handler.ts",
    label: "watch-runs",
    description: "Finds runs that stopped moving, starts them again or ends them",
    memory: 512,
    timeoutSeconds: 50,
    duckdb: false,
  },
} as const satisfies Record<FunctionName, FunctionSettings>;
