import { describe, expect, test } from "@jest/globals";
import { functionNames } from "../../../functions/definitions";
import type { StageConfig } from "../../../infra/stage-config";
import { statementsOf, synthesize } from "./synthesized";

const constructs = functionNames.map((name) => name.charAt(0).toUpperCase() + name.slice(1));

/** What reading sources takes, by what is allowed on what, and who may; of a stage with these sources. */
function rightsWith(sources: StageConfig["sources"]): Record<string, readonly string[]> {
  const template = synthesize({ stage: "dev", checks: false, configuration: { sources } });
  const rights: Record<string, string[]> = {};
  for (const construct of constructs) {
    for (const { Sid, Action, Resource } of statementsOf(template, construct)) {
      if (/ExportFolders|SourceCredentials/.test(Sid ?? "")) {
        for (const action of Action) {
          const on = Resource.map((named) => JSON.stringify(named).replace(/[^\w/*:-]+/g, " "));
          (rights[`${action} ${on.join(", ")}`.trim()] ??= []).push(construct);
        }
      }
    }
  }
  return rights;
}

const readers = [
  "ExplanationsApi",
  "ExportsApi",
  "PrepareRun",
  "SegmentsApi",
  "SourcesApi",
  "WatchRuns",
];
const inOrder = (rights: Record<string, readonly string[]>): [string, string[]][] =>
  Object.entries(rights).map(([right, holders]) => [right, [...holders].sort()]);

describe("what reading sources takes is granted", () => {
  test("to nobody in a stage that has none", () => {
    expect(rightsWith({ buckets: [], azure: false })).toEqual({});
  });

  test("on a bucket's folder and its key alone, where a stage reads a bucket", () => {
    const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a1b";
    const buckets = [{ name: "copies", folder: "insights", keyArn }];
    expect(inOrder(rightsWith({ buckets, azure: false }))).toEqual([
      [expect.stringMatching(/^s3:ListBucket .*:s3:::copies\W*$/), readers],
      [expect.stringMatching(/^s3:GetObject .*:s3:::copies\/insights\/\*\W*$/), readers],
      [expect.stringMatching(/^kms:Decrypt .*key\/0a1b\W*$/), readers],
    ]);
  });

  test("on the sources' own secrets alone, where a stage reads Azure; who keeps them can't read others", () => {
    const rights = inOrder(rightsWith({ buckets: [], azure: true }));
    for (const [right] of rights) {
      expect(right).toMatch(/^secretsmanager:\w+ .*:secret:segment-export\/dev\/sources\/\*\W*$/);
    }
    const holdersOf = (action: string): readonly string[] | undefined =>
      rights.find(([right]) => right.startsWith(`secretsmanager:${action} `))?.[1];
    expect(holdersOf("GetSecretValue")).toEqual(readers);
    for (const action of ["CreateSecret", "PutSecretValue", "DeleteSecret"]) {
      expect(holdersOf(action)).toEqual(["SourcesApi"]);
    }
  });
});
