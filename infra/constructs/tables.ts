import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
  type TableProps,
} from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { TableIndex } from "../../shared/config/function-definition";
import type { StageConfig } from "../stage-config";
import { removalPolicy } from "./removal-policy";

/** Names of the indexes, as the stores query them. */
const tableIndexes = {
  exportsByConnection: "byConnection",
  exportsByFollows: "byFollows",
  runsByExport: "byExport",
  runsByConnection: "byConnection",
  allRuns: "byRequested",
  openRuns: "open",
  auditByTarget: "byTarget",
  auditByActor: "byActor",
} as const satisfies Record<string, TableIndex>;

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The system's records. Profiles are never among them. */
export class Tables extends Construct {
  /** By `connectionId`; also holds the display names that are taken. */
  readonly connections: Table;
  /** By `exportId`; indexes `byConnection` and, of exports that may follow refreshes, `byFollows`. */
  readonly exports: Table;
  /** By `runId` and `item` ("run", or a chunk's number); indexes `byExport`, `byConnection`, `byRequested` and, of runs going, `open`. */
  readonly runs: Table;
  /** By `setting`: what is set for the whole system. */
  readonly settings: Table;
  /** By `endpoint` (account and endpoint family); rows go when no slot in them lies ahead. */
  readonly rateLimits: Table;
  /** By `request` (a hash): answers to requests with an `Idempotency-Key`, and descriptions of segments, for a day. */
  readonly requests: Table;
  /** What happened: one partition in the order of `position`; indexes `byTarget` and `byActor`. */
  readonly audit: Table;

  constructor(scope: Construct, id: string, config: StageConfig) {
    super(scope, id);
    const retain = config.data === "retain";
    const common = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      // DynamoDB's key in the account, so that its use shows in CloudTrail.
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: removalPolicy(config),
      deletionProtection: retain,
    } as const satisfies Partial<TableProps>;

    this.connections = new Table(this, "Connections", {
      ...common,
      partitionKey: text("connectionId"),
    });
    this.exports = new Table(this, "Exports", { ...common, partitionKey: text("exportId") });
    this.exports.addGlobalSecondaryIndex({
      indexName: tableIndexes.exportsByConnection,
      partitionKey: text("connectionId"),
      projectionType: ProjectionType.ALL,
    });
    this.exports.addGlobalSecondaryIndex({
      indexName: tableIndexes.exportsByFollows,
      partitionKey: text("follows"),
      projectionType: ProjectionType.ALL,
    });
    this.runs = new Table(this, "Runs", {
      ...common,
      partitionKey: text("runId"),
      sortKey: text("item"),
      timeToLiveAttribute: "expiresAt",
    });
    this.runs.addGlobalSecondaryIndex({
      indexName: tableIndexes.runsByExport,
      partitionKey: text("exportId"),
      sortKey: text("requestedAt"),
      projectionType: ProjectionType.ALL,
    });
    // For the removal of a connection, which needs no more than the runs' ids.
    this.runs.addGlobalSecondaryIndex({
      indexName: tableIndexes.runsByConnection,
      partitionKey: text("connectionId"),
      sortKey: text("requestedAt"),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ["exportId"],
    });
    // All runs, in one partition: their items' sort key is the same, and chunks have no `requestedAt`. It holds what
    // runs are filtered by, of which only the status ever changes: so a run writes to it three times or so.
    this.runs.addGlobalSecondaryIndex({
      indexName: tableIndexes.allRuns,
      partitionKey: text("item"),
      sortKey: text("requestedAt"),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ["exportId", "connectionId", "status", "trigger", "mode"],
    });
    // Only runs that have not ended, or whose end is not announced, carry `open`, so the index holds nothing
    // else. All of them share one partition, which takes 1,000 write units a second: it holds keys only, so
    // that moving a run costs two units however many chunks it has.
    this.runs.addGlobalSecondaryIndex({
      indexName: tableIndexes.openRuns,
      partitionKey: text("open"),
      sortKey: text("movedAt"),
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.settings = new Table(this, "Settings", { ...common, partitionKey: text("setting") });
    this.rateLimits = new Table(this, "RateLimits", {
      ...common,
      partitionKey: text("endpoint"),
      timeToLiveAttribute: "expiresAt",
    });
    this.requests = new Table(this, "Requests", {
      ...common,
      partitionKey: text("request"),
      timeToLiveAttribute: "expiresAt",
    });
    // Nothing expires from it, and no function may delete from it.
    this.audit = new Table(this, "Audit", {
      ...common,
      partitionKey: text("log"),
      sortKey: text("position"),
    });
    for (const [indexName, key] of [
      [tableIndexes.auditByTarget, "targetId"],
      [tableIndexes.auditByActor, "actorId"],
    ] as const) {
      this.audit.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(key),
        sortKey: text("position"),
        projectionType: ProjectionType.ALL,
      });
    }
  }
}
