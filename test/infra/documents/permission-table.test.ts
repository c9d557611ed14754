import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  grantedPermissions,
  type GrantedPermission,
} from "../../../infra/local/iam/granted-permissions";
import { permissionTable } from "../../../infra/local/iam/permission-table";
import { reasonUnused } from "../../../infra/local/iam/unused-permissions";
import { synthesizedAssembly } from "../../../infra/local/template/synthesize";
import { loadTemplate } from "../../../infra/local/template/template";

let granted: readonly GrantedPermission[];

beforeAll(async () => {
  granted = grantedPermissions(loadTemplate(await synthesizedAssembly()));
});

describe("what the roles are granted", () => {
  test("is what docs/aws/permissions.md says; npm run permissions writes it", () => {
    // Formatting pads its columns.
    const unpadded = (text: string): string => text.replace(/ +/g, " ").replace(/-+/g, "-");
    expect(unpadded(readFileSync("docs/aws/permissions.md", "utf8"))).toBe(
      unpadded(permissionTable(granted)),
    );
  });

  test("a role is passed on to the scheduler only", () => {
    const passes = granted.filter(({ action }) => action === "iam:PassRole");
    expect(passes.map(({ holder }) => holder)).toEqual(["SchedulesApi", "StartRuns"]);
    for (const { statement } of passes) {
      expect(statement.Condition).toEqual({
        StringEquals: { "iam:PassedToService": ["scheduler.amazonaws.com"] },
      });
    }
  });

  test("what functions do themselves and no test has them do is known, each for its reason", () => {
    const ownServices = ["logs", "sqs", "xray"];
    const excepted = granted.filter(
      (grant) =>
        reasonUnused(grant) !== undefined &&
        !ownServices.includes(grant.action.split(":")[0] ?? ""),
    );
    const named = excepted.map(
      ({ holder, action, statement }) => `${holder} ${action} ${statement.Sid ?? ""}`,
    );
    expect([...new Set(named)].sort()).toMatchInlineSnapshot(`
      [
        "ConfirmRun dynamodb:UpdateItem NoteKeyFindings",
        "ConnectionsApi dynamodb:DeleteItem KeepAnswers",
        "ConnectionsApi dynamodb:GetItem ForgetSnapshots",
        "ConnectionsApi dynamodb:PutItem KeepNames",
        "ConnectionsApi secretsmanager:RestoreSecret KeepApiKeys",
        "ExplanationsApi dynamodb:GetItem ReadRuns",
        "ExplanationsApi s3:GetObject ReadExportFolders",
        "ExplanationsApi s3:ListBucket ListExportFolders",
        "ExplanationsApi secretsmanager:GetSecretValue ReadKlaviyoApp",
        "ExplanationsApi secretsmanager:GetSecretValue ReadOwnSecrets",
        "ExplanationsApi secretsmanager:GetSecretValue ReadSourceCredentials",
        "ExplanationsApi secretsmanager:PutSecretValue KeepRenewedTokens",
        "ExplanationsApi sts:GetWebIdentityToken ProveIdentityToEntra",
        "ExportsApi dynamodb:PutItem KeepNames",
        "ExportsApi dynamodb:UpdateItem NoteKeyFindings",
        "ExportsApi s3:GetObject ReadExportFolders",
        "ExportsApi s3:ListBucket ListExportFolders",
        "ExportsApi secretsmanager:GetSecretValue ReadSourceCredentials",
        "ExportsApi sts:GetWebIdentityToken ProveIdentityToEntra",
        "PrepareRun s3:ListBucket ListExportFolders",
        "PushChunks dynamodb:UpdateItem NoteKeyFindings",
        "PushChunks secretsmanager:GetSecretValue ReadKlaviyoApp",
        "PushChunks secretsmanager:PutSecretValue KeepRenewedTokens",
        "RunsApi dynamodb:PutItem KeepNames",
        "SchedulesApi dynamodb:PutItem KeepNames",
        "SchedulesApi scheduler:UpdateSchedule KeepTimetable",
        "SegmentsApi dynamodb:PutItem KeepNames",
        "SegmentsApi s3:ListBucket ListExportFolders",
        "SettleRun s3:PutObject StagedFiles",
        "SourcesApi dynamodb:DeleteItem KeepAnswers",
        "SourcesApi dynamodb:GetItem KeepAnswers",
        "SourcesApi dynamodb:PutItem KeepAnswers",
        "SourcesApi dynamodb:PutItem KeepNames",
        "SourcesApi dynamodb:UpdateItem KeepAnswers",
        "SourcesApi secretsmanager:RestoreSecret KeepSourceCredentials",
        "StartRuns iam:PassRole HandOverRole",
        "StartRuns scheduler:CreateSchedule KeepTimetable",
        "StartRuns scheduler:DeleteSchedule KeepTimetable",
        "StartRuns scheduler:UpdateSchedule KeepTimetable",
        "WatchRuns dynamodb:GetItem MoveRun",
        "WatchRuns dynamodb:PartiQLInsert RecordRuns",
        "WatchRuns s3:GetObject ReadExportFolders",
        "WatchRuns s3:ListBucket ListExportFolders",
      ]
    `);
  });
});
