import { describe, expect, it } from "@jest/globals";
import { actorsOf } from "../../../../shared/domain/access/people";
import type { Role } from "../../../../shared/domain/access/identity";
import { verifiedToken } from "../../../support/access-token";
import { anApi } from "../../../support/api";
import { aConnection, anExport, aRun } from "../../../support/builders";
import { fakePeople } from "../../../support/fakes/people";

const names = { "contributor-1": "Con Example", "administrator-1": "admin@example.org" };
const as = (method: string, path: string, claims: object) => {
  const { headers, authorizer } = verifiedToken({ sub: "user-1", ...claims });
  return { headers, requestContext: { http: { method, path }, authorizer } };
};

describe("the names of users", () => {
  it("are kept when they change something, as their tokens have them", async () => {
    const people = fakePeople();
    const api = anApi({ people });
    const change = (method: string, claims: object) =>
      api.request({
        ...{ method, path: "/exports/export-1", event: as(method, "/exports/export-1", claims) },
      });

    await change("GET", { "cognito:groups": ["Administrator"], name: "Ann" });
    expect(people.stored.size).toBe(0);
    await change("DELETE", { "cognito:groups": ["Administrator"] });
    expect(people.stored.size).toBe(0);
    await change("DELETE", { "cognito:groups": ["Administrator"], name: "Ann Example" });
    expect([...people.stored]).toEqual([["user-1", "Ann Example"]]);
  });

  it.each<[Role, object]>([
    ["Administrator", { "contributor-1": "Con Example", "administrator-1": "admin@example.org" }],
    ["Contributor", { "contributor-1": "Con Example" }],
    ["Viewer", { "contributor-1": "Con Example" }],
  ])("are shown to %ss beside the ids, addresses to administrators only", async (role, shown) => {
    const exports = [anExport({ updatedBy: "administrator-1" })];
    const api = anApi({ people: fakePeople(names), exports });
    const get = async (path: string) => (await api.request({ method: "GET", path, role })).body;

    expect((await get("/exports/export-1")).people).toEqual(shown);
    expect((await get("/exports")).items[0].people).toEqual(shown);
    expect((await get("/runs/run-1")).people).toEqual({ "contributor-1": "Con Example" });
  });

  it("are shown on connections and in the audit log too", async () => {
    const api = anApi({ people: fakePeople(names) });
    await api.request({ method: "POST", path: "/connections/connection-1/verification" });
    const get = async (path: string) => (await api.request({ method: "GET", path })).body;

    const administrator = { "administrator-1": "admin@example.org" };
    expect((await get("/connections/connection-1")).people).toEqual(administrator);
    expect((await get("/audit")).items[0].people).toEqual(administrator);
  });

  it("are left out when they can't be read, and keep nobody from a change", async () => {
    const failing = async () => {
      throw new Error("no table");
    };
    const api = anApi({ people: { note: failing, namesOf: failing } });
    const shown = await api.request({ method: "GET", path: "/exports/export-1" });
    expect([shown.status, shown.body.people]).toEqual([200, undefined]);
    const [method, path] = ["DELETE", "/exports/export-1"];
    const event = as(method, path, { "cognito:groups": ["Administrator"], name: "Ann" });
    expect((await api.request({ method, path, event })).status).toBe(204);
  });

  it("are those of all who did something to a thing", () => {
    const acknowledgement = { agreedBy: "d", agreedAt: "", wordingVersion: "", wording: "" };
    const connection = aConnection({ createdBy: "a", updatedBy: "b", exportUser: "c" });
    expect(actorsOf({ ...connection, consent: acknowledgement })).toEqual(["a", "b", "c", "d"]);
    expect(
      actorsOf({ ...aRun({ requestedBy: "a" }), settings: { subscription: { acknowledgement } } }),
    ).toEqual(["a", "d"]);
    expect(actorsOf({ createdBy: 1, consent: "x", mapping: {} })).toEqual([]);
    expect(actorsOf(null)).toEqual([]);
  });
});
