import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  grantedPermissions,
  type GrantedPermission,
} from "../../infra/local/iam/granted-permissions";
import { permissionTable } from "../../infra/local/iam/permission-table";
import { reasonUnused } from "../../infra/local/iam/unused-permissions";
import { synthesizedAssembly } from "../../infra/local/template/synthesize";
import { loadTemplate } from "../../infra/local/template/template";

let granted: readonly GrantedPermission[];

beforeAll(async () => {
  granted = grantedPermissions(loadTemplate(await synthesizedAssembly()));
});

describe("what the roles are granted", () => {
  test("is what docs/permissions.md says; npm run permissions writes it", () => {
    // Prettier pads its columns.
    const unpadded = (text: string): string => text.replace(/ +/g, " ").replace(/-+/g, "-");
    expect(unpadded(readFileSync("docs/permissions.md", "utf8"))).toBe(
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

  test("reasons for what is not used concern nothing that functions do themselves", () => {
    const services = granted
      .filter((grant) => reasonUnused(grant) !== undefined)
      .map(({ action }) => action.split(":")[0]);
    expect([...new Set(services)].sort()).toEqual(["logs", "sqs", "xray"]);
  });
});
