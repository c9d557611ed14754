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
      if (/ExportFolders|SourceCredentials|IdentityToEntra/.test(Sid ?? "")) {
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
const lookers = ["ExportsApi", "SourcesApi", "WatchRuns"];
const inOrder = (rights: Record<string, readonly string[]>): [string, string[]][] =>
  Object.entries(rights)
    .map(([right, holders]): [string, string[]] => [right, [...holders].sort()])
    .sort(([one], [other]) => (one < other ? -1 : 1));

describe("what reading sources takes is granted", () => {
  test("to nobody in a stage that has none", () => {
    expect(rightsWith({ buckets: [], azure: false, azureFederation: false })).toEqual({});
  });

  test("on a bucket's folder and its key alone, where a stage reads a bucket", () => {
    const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a1b";
    const buckets = [{ name: "copies", folder: "insights", keyArn }];
    expect(inOrder(rightsWith({ buckets, azure: false, azureFederation: false }))).toEqual([
      [expect.stringMatching(/^kms:Decrypt .*key\/0a1b\W*$/), readers],
      [
        expect.stringMatching(/^s3:GetObject .*:s3:::copies\/insights\/\*\W*$/),
        readers.filter((name) => !lookers.includes(name)),
      ],
      // Who only looks whether there is something new reads no customers.
      [expect.stringMatching(/^s3:GetObject .*:s3:::copies\/insights\/\*model json\W*$/), lookers],
      [expect.stringMatching(/^s3:ListBucket .*:s3:::copies\W*$/), readers],
    ]);
  });

  test("on the sources' own secrets alone, where a stage reads Azure; who keeps them can't read others", () => {
    const rights = inOrder(rightsWith({ buckets: [], azure: true, azureFederation: false }));
    for (const [right] of rights) {
      expect(right).toMatch(/^secretsmanager:\w+ .*:secret:segment-export\/dev\/sources\/\*\W*$/);
    }
    const holdersOf = (action: string): readonly string[] | undefined =>
      rights.find(([right]) => right.startsWith(`secretsmanager:${action} `))?.[1];
    expect(holdersOf("GetSecretValue")).toEqual(readers);
    expect(holdersOf("GetWebIdentityToken")).toBeUndefined();
    for (const action of ["CreateSecret", "PutSecretValue", "DeleteSecret"]) {
      expect(holdersOf(action)).toEqual(["SourcesApi"]);
    }
  });

  test("for tokens to Microsoft Entra alone, where a stage is let in without secrets, and of no secret then", () => {
    const sources = { buckets: [], azure: false, azureFederation: true };
    expect(inOrder(rightsWith(sources))).toEqual([
      [expect.stringMatching(/^sts:GetWebIdentityToken +\*$/), readers],
    ]);

    const template = synthesize({ stage: "dev", checks: false, configuration: { sources } });
    const granted = statementsOf(template, "PrepareRun").filter(({ Action }) =>
      Action.some((action) => action.startsWith("sts:")),
    );
    expect(granted).toMatchObject([
      {
        Condition: {
          "ForAllValues:StringEquals": {
            "sts:IdentityTokenAudience": ["api://AzureADTokenExchange"],
          },
          Null: { "sts:IdentityTokenAudience": "false" },
          StringEquals: { "sts:SigningAlgorithm": "RS256" },
          NumericLessThanEquals: { "sts:DurationSeconds": "300" },
        },
      },
    ]);
    // An administrator of Microsoft Entra finds there whom the app has to trust.
    const [subjects] = [template.Outputs["AzureSubjects"]];
    for (const reader of readers) {
      expect(JSON.stringify(subjects)).toMatch(new RegExp(`"${reader}\\w*Role`));
    }
    expect(JSON.stringify(subjects)).not.toContain("PushChunks");
  });
});
