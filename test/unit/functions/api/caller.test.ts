import { describe, expect, it } from "@jest/globals";
import { roleSchema } from "../../../../shared/domain/access/identity";
import { verifiedToken } from "../../../support/access-token";
import { anApi } from "../../../support/api";

/** Who somebody is told to be who sends a token with these claims. */
async function me(claims: Record<string, unknown>) {
  const { headers, authorizer } = verifiedToken({
    ...{ sub: "user-1", "cognito:groups": ["Viewer"] },
    ...claims,
  });
  return anApi().request({
    ...{ method: "GET", path: "/me" },
    event: { headers, requestContext: { authorizer } },
  });
}

describe("GET /me", () => {
  it("tells a viewer that they may look and do nothing else", async () => {
    const { status, body } = await me({});
    expect(status).toBe(200);
    expect(body).toMatchObject({ userId: "user-1", role: "Viewer", stage: "test" });
    expect(body.actions).toMatchObject({ listExports: "all", viewConnectionName: "shared" });
    for (const refused of ["startRun", "downloadRejections", "viewAudit", "createConnection"]) {
      expect(body.actions).not.toHaveProperty(refused);
    }
  });

  it("tells a contributor what depends on a connection's being shared", async () => {
    const { body } = await me({ "cognito:groups": ["Contributor"] });
    expect(body.actions).toMatchObject({ startRun: "shared", runAll: "all" });
    expect(body.actions).not.toHaveProperty("resubscribe");
  });

  it("tells an administrator that they may do everything", async () => {
    const { body } = await me({ "cognito:groups": ["Administrator"] });
    expect(new Set(Object.values(body.actions))).toEqual(new Set(["all"]));
  });

  it.each(roleSchema.options)("lets a %s do what the API does not refuse then", async (role) => {
    const api = anApi();
    const { body } = await api.request({ method: "GET", path: "/me", role });
    const audit = await api.request({ method: "GET", path: "/audit", role });
    const connections = await api.request({ method: "GET", path: "/connections", role });
    expect(["viewAudit" in body.actions, "listConnections" in body.actions]).toEqual([
      audit.status === 200,
      connections.status === 200,
    ]);
  });

  it.each([
    [{ name: " Ann Example ", preferred_username: "ann" }, "Ann Example"],
    [{ name: "", preferred_username: "ann", username: "a-1" }, "ann"],
    [{ username: "ann@example.org" }, "ann@example.org"],
    // What Cognito calls those who sign in by email is their id.
    [{ username: "user-1" }, undefined],
    [{ name: 7, preferred_username: ["ann"] }, undefined],
    [{ name: "x".repeat(201) }, undefined],
    [{ name: "Ann\u202egro.elpmaxe" }, undefined],
    [{}, undefined],
  ])("takes the name from the token: %j", async (claims, name) => {
    const { body } = await me(claims);
    expect(body.name).toBe(name);
  });

  it("notes nobody's name in the log", async () => {
    const { headers, authorizer } = verifiedToken({
      ...{ sub: "user-1", "cognito:groups": ["Viewer"], name: "ann@example.org" },
    });
    const api = anApi();
    await api.request({
      ...{ method: "GET", path: "/me" },
      event: { headers, requestContext: { authorizer } },
    });
    expect(api.log.lines).not.toEqual([]);
    expect(JSON.stringify(api.log.lines)).not.toContain("ann@example.org");
  });
});
