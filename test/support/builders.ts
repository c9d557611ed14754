import {
  CONSENT_WORDING,
  REQUIRED_SCOPES,
  type Connection,
} from "../../shared/domain/connections/connection";
import type { MadeSource } from "../../shared/domain/sources/source";
import type { Export } from "../../shared/domain/exports/export";
import type { Caller, Role } from "../../shared/domain/access/identity";
import { noNumbers, noRemovals, type Run, type RunPlan } from "../../shared/domain/runs/run";
import { usualPreviewOptions, usualRunOptions } from "../../shared/domain/runs/run-options";
import type { Preview, PreviewResult } from "../../shared/domain/exports/preview";
import type { SegmentFile } from "../../shared/domain/segments/segment";

/** Valid things to test with; a test overrides what it is about. */

export const anInstant = "2026-11-02T08:00:00.000Z";

export function aCaller(role: Role = "Administrator", userId = `${role.toLowerCase()}-1`): Caller {
  return { userId, role };
}

export function aConnection(overrides: Partial<Connection> = {}): Connection {
  return {
    connectionId: "connection-1",
    type: "klaviyo",
    displayName: "Shop",
    sharing: "administratorsAndContributors",
    profileLimit: 100_000,
    account: { id: "AbC123", organizationName: "Example Shop", timezone: "Europe/Berlin" },
    scopes: [...REQUIRED_SCOPES],
    secretArn: "arn:aws:secretsmanager:eu-central-1:000000000000:secret:test/connection-1",
    keySource: "typed",
    keyFinding: { foundAt: anInstant, foundBy: "check" },
    revision: { inUse: "2026-07-15", retiresOn: "2028-07-15" },
    consent: {
      agreedBy: "administrator-1",
      agreedAt: anInstant,
      wordingVersion: CONSENT_WORDING.version,
      wording: CONSENT_WORDING.text,
    },
    exportUser: "administrator-1",
    version: 1,
    createdAt: anInstant,
    createdBy: "administrator-1",
    updatedAt: anInstant,
    updatedBy: "administrator-1",
    ...overrides,
  };
}

export function anExport(overrides: Partial<Export> = {}): Export {
  return {
    exportId: "export-1",
    displayName: "Customers to newsletter",
    connectionId: "connection-1",
    listId: "LiSt01",
    segments: ["customers"],
    mapping: { email: "Email" },
    syncMode: "upsert",
    schedule: { mode: "system" },
    version: 1,
    createdAt: anInstant,
    createdBy: "contributor-1",
    updatedAt: anInstant,
    updatedBy: "contributor-1",
    ...overrides,
  };
}

export function aRun(overrides: Partial<Run> = {}): Run {
  return {
    runId: "run-1",
    exportId: "export-1",
    trigger: "onDemand",
    ...usualRunOptions,
    requestedBy: "contributor-1",
    requestedAt: anInstant,
    movedAt: anInstant,
    status: "queued",
    settings: {
      displayName: "Customers to newsletter",
      connectionId: "connection-1",
      listId: "LiSt01",
      segments: ["customers"],
      mapping: { email: "Email" },
      syncMode: "upsert",
    },
    numbers: noNumbers,
    removals: noRemovals,
    stagedChunks: overrides.plan?.chunkSizes.length ?? 0,
    settledChunks: 0,
    settledRemovals: 0,
    confirmRound: 0,
    warnings: [],
    ...overrides,
  };
}

export function aPreview(overrides: Partial<Preview> = {}): Preview {
  return {
    previewId: "preview-1",
    exportId: "export-1",
    connectionId: "connection-1",
    ...usualPreviewOptions,
    requestedBy: "contributor-1",
    requestedAt: anInstant,
    status: "running",
    ...overrides,
  };
}

export function aPreviewResult(overrides: Partial<PreviewResult> = {}): PreviewResult {
  return {
    numbers: {
      ...{ rows: 1, blank: 0, invalid: 0, duplicates: 0, members: 1 },
      ...{ new: 1, changed: 0, unchanged: 0, tooLarge: 0, leaving: 0 },
    },
    profiles: [{ type: "profile", attributes: { email: "ann@example.org" } }],
    rejections: [],
    warnings: [],
    estimate: {
      calls: { importJobs: 1, statusPolls: 1, lookups: 0, removals: 0, subscriptions: 0 },
      seconds: 1,
    },
    ...overrides,
  };
}

export function aPlan(overrides: Partial<RunPlan> = {}): RunPlan {
  return {
    attemptId: "attempt-1",
    chunkSizes: [10_000, 500],
    checksum: "c0ffee",
    removalSizes: [],
    leaving: 0,
    fingerprint: "fingerprint-1",
    destination: "destination-1",
    warnings: [],
    ...overrides,
  };
}

/** A source of segments in a bucket. */
export function aSource(changes: Partial<MadeSource> = {}): MadeSource {
  return {
    sourceId: "insights",
    kind: "customerInsights",
    displayName: "Insights",
    place: { kind: "s3", bucket: "exports", folder: "" },
    credential: { kind: "none" },
    version: 1,
    ...{ createdAt: anInstant, createdBy: "administrator-1" },
    ...{ updatedAt: anInstant, updatedBy: "administrator-1" },
    ...changes,
  };
}

export function aSegmentFile(overrides: Partial<SegmentFile> = {}): SegmentFile {
  return {
    segment: "customers",
    name: "part-1.csv",
    bytes: 100,
    version: '"v1"',
    modifiedAt: new Date(anInstant),
    ...overrides,
  };
}
