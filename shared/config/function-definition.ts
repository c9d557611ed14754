import * as z from "zod";
import {
  variablesByNeed,
  variablesOfAll,
  variablesOfApi,
  type Need,
  type VariablesOf,
  type VariablesOfAll,
  type VariablesOfApi,
} from "./needs";

/** The queues between the steps of a run. */
export const queueNames = ["start", "prepare", "push", "confirm", "settle"] as const;
export type QueueName = (typeof queueNames)[number];

/** What starts a job: messages of a queue, or the scheduler, every minute. */
export type WorkSource = QueueName | "everyMinute";

type TableAction =
  | "GetItem"
  | "BatchGetItem"
  | "PutItem"
  | "PartiQLInsert"
  | "UpdateItem"
  | "DeleteItem"
  | "Query"
  | "Scan";
export type TableIndex =
  | "byConnection"
  | "byFollows"
  | "byExport"
  | "byRequested"
  | "open"
  | "byTarget"
  | "byActor";
type ObjectAction = "GetObject" | "PutObject" | "DeleteObject";
type SecretAction =
  | "CreateSecret"
  | "TagResource"
  | "GetSecretValue"
  | "PutSecretValue"
  | "RestoreSecret"
  | "DeleteSecret";

interface Grant<Action> {
  /** What it is for, as letters and digits: the statement's name in the function's role. */
  readonly sid: string;
  readonly actions: readonly Action[];
}

/** A right on a table; on one of its indexes alone, or on the items alone whose keys are like the pattern. */
export interface TableGrant extends Grant<TableAction> {
  readonly index?: TableIndex;
  readonly keysLike?: string;
}

/** A right on a bucket's objects below a prefix, or to list the bucket. */
export type BucketGrant =
  | (Grant<ObjectAction> & {
      readonly below: "segments/" | "staging/" | "reports/" | "snapshots/";
    })
  | Grant<"ListBucket">;

/** A right on the secrets that the system keeps itself. */
export type SecretGrant = Grant<SecretAction>;

type TableNeed =
  | "connections"
  | "exports"
  | "runs"
  | "settings"
  | "people"
  | "requests"
  | "audit"
  | "klaviyo";
type BucketNeed = "segments" | "work";

/** A need with other rights than usual. */
interface Special<Needed extends Need, Granted> {
  readonly need: Needed;
  /** Rights in place of the usual ones. */
  readonly instead?: readonly Granted[];
  /** Rights in addition to those. */
  readonly also?: readonly Granted[];
  /** Why, as a sentence. */
  readonly because: string;
}
export type SpecialNeed =
  | Special<TableNeed, TableGrant>
  | Special<BucketNeed, BucketGrant>
  | Special<"secrets", SecretGrant>
  | Special<"sourceSecrets", SecretGrant>;

interface CommonDefinition {
  /** In kebab case; names the function, its folder and its log group. */
  readonly label: string;
  readonly description: string;
  /** MB, as every account allows. Lambda gives a full processor for every 1,769 MB. */
  readonly memory: number;
  /** MB, where the account allows so much. */
  readonly ampleMemory?: number;
  /** Disk under /tmp, MB. @default 512 */
  readonly storage?: number;
  /** Whether DuckDB (70 MB unpacked) is put beside the bundle. */
  readonly duckdb?: true;
  /** What it works with: its variables and its role follow from that. */
  readonly needs: readonly (Need | SpecialNeed)[];
  /** The queues that it may send to, and what for, as letters and digits. */
  readonly sends?: { readonly sid: string; readonly to: readonly QueueName[] };
}

/** A function behind routes of the API; which ones is in `api-routes.ts`. */
export interface ApiDefinition extends CommonDefinition {
  readonly kind: "api";
  /** Its folder is `functions/api/<label without -api>`. */
  readonly label: `${string}-api`;
  /** Whether a request may have it read a whole segment: it gets a bound of its own on how many do so at once. */
  readonly readsWholeSegments?: true;
}

/** A function that no caller waits for; its folder is `functions/jobs/<label>`. */
export interface JobDefinition extends CommonDefinition {
  readonly kind: "job";
  readonly timeoutSeconds: number;
  /** What starts it. */
  readonly worksOn: WorkSource;
  /**
   * Why the same chain of messages invokes it more than 16 times, where it does: Lambda stops every other
   * function then ("Use Lambda recursive loop detection"). What it sends itself must end with the run.
   */
  readonly loopsBecause?: string;
}

export type FunctionDefinition = ApiDefinition | JobDefinition;

/** API Gateway gives up on a function after 30 seconds; the function must give up first. */
const API_TIMEOUT_SECONDS = 29;

export function timeoutSeconds(definition: FunctionDefinition): number {
  return definition.kind === "api" ? API_TIMEOUT_SECONDS : definition.timeoutSeconds;
}

type NeedsOf<Definition extends FunctionDefinition> = NameOf<Definition["needs"][number]>;
type NameOf<Needed extends Need | SpecialNeed> = Needed extends { readonly need: infer Name }
  ? Name
  : Needed;

/** A function's environment variables, checked. */
export type EnvironmentOf<Definition extends FunctionDefinition> = VariablesOfAll &
  (Definition["kind"] extends "api" ? VariablesOfApi : unknown) &
  VariablesOf<Extract<NeedsOf<Definition>, Need>>;

/** What checks a function's environment variables: those of every function, and those of its needs. */
export function environmentSchema(definition: FunctionDefinition): z.ZodObject<z.core.$ZodShape> {
  const ofKind = definition.kind === "api" ? variablesOfApi : {};
  return z.object(
    definition.needs
      .map((needed): z.core.$ZodShape => variablesByNeed[needName(needed)])
      .reduce((all, some) => ({ ...all, ...some }), { ...variablesOfAll, ...ofKind }),
  );
}

export function needName(needed: Need | SpecialNeed): Need {
  return typeof needed === "string" ? needed : needed.need;
}
