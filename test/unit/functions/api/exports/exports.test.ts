import { describe, expect, it } from "@jest/globals";
import { anApi, anExportBody } from "../../../../support/api";
import { aConnection, anExport, anInstant, aRun } from "../../../../support/builders";

const create = (body: unknown, role: "Administrator" | "Contributor" = "Contributor") =>
  ({ method: "POST", path: "/exports", body, role }) as const;
const change = (body: unknown) =>
  ({ method: "PUT", path: "/exports/export-1", body, role: "Contributor" }) as const;

/** Mappings that are wrong beside their email, and what is said to be at fault. */
const mappingFaults: readonly (readonly [string, object, string, RegExp?])[] = [
  ["a field that is no name", { title: 7 }, "/title", /a field's name, or an object/],
  ["an empty field name", { title: "" }, "/title"],
  ["a field's object without its field", { title: {} }, "/title/field", /is required/],
  ["an unknown part of a field", { title: { field: "T", type: "text" } }, "/title/type"],
  [
    "clearing a standard field",
    { title: { field: "T", empty: "clear" } },
    "/title/empty",
    /custom/,
  ],
  ["an unknown meaning of empty", { title: { field: "T", empty: "null" } }, "/title/empty"],
  ["an unknown part of the location", { location: { town: "T" } }, "/location/town"],
  [
    "an unknown country",
    { phone_number: { field: "P", defaultCountry: "Germany" } },
    "/phone_number/defaultCountry",
    /such as DE/,
  ],
  ["an unknown type", { properties: { a: { field: "A", type: "int" } } }, "/properties/a/type"],
  [
    "a separator without a list",
    { properties: { a: { field: "A", separator: ";" } } },
    "/properties/a/separator",
    /type list/,
  ],
  ["a property of Klaviyo's own", { properties: { $id: "A" } }, "/properties/$id", /reserves/],
  ["a property without a name", { properties: { "": "A" } }, "/properties/"],
  ["a property's name with outer space", { properties: { " a": "A" } }, "/properties/ a"],
  ...["kim@example.org", "Kim <kim@example.org>", "+44 20 7946 0958", "1990-05-02"].flatMap(
    (cell): (readonly [string, object, string, RegExp])[] => [
      [`${cell} for a field`, { title: cell }, "/title", /columns in the segment's settings/],
      [
        `${cell} for a property's field`,
        { properties: { field: { field: cell } } },
        "/properties/field/field",
        /rather somebody's data/,
      ],
      [`${cell} for a location`, { location: { city: cell } }, "/location/city", /no header/],
      [`${cell} for a consent`, { consent: { field: cell } }, "/consent/field", /no header/],
    ],
  ),
  ["somebody's address for the email's field", { email: "kim@example.org" }, "/email", /no header/],
  [
    "a property's name that is too long",
    { properties: { ["p".repeat(101)]: "A" } },
    `/properties/${"p".repeat(101)}`,
  ],
  [
    "a property named __proto__",
    { properties: JSON.parse('{"__proto__":"A"}') },
    "/properties/__proto__",
    /no field is named __proto__/,
  ],
  [
    "a property's name of 1,000 characters",
    { properties: { ["ü".repeat(1_000)]: "A" } },
    `/properties/${"ü".repeat(1_000)}`,
    /at most 100 characters/,
  ],
  [
    "more properties than fit",
    { properties: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`p${at}`, "A"])) },
    "/properties",
    /at most 100/,
  ],
];

describe("POST /exports", () => {
  it.each(mappingFaults.filter(([, , , text]) => text !== undefined))(
    "says what is wrong with %s",
    async (_what, part, _field, text) => {
      const answer = await anApi().request(
        create({ ...anExportBody, mapping: { email: "E", ...part } }),
      );

      expect(answer.body.detail).toMatch(text!);
    },
  );

  it("keeps a mapping of every kind of field as it was given", async () => {
    const mapping = {
      email: "Email",
      phone_number: { field: "Phone", defaultCountry: "DE" },
      first_name: "First",
      location: { city: "City", latitude: { field: "Lat", empty: "leave" } },
      properties: { Tier: "Tier", Tags: { field: "Tags", type: "list", empty: "clear" } },
    };

    const answer = await anApi().request(create({ ...anExportBody, mapping }));

    expect([answer.status, answer.body.mapping]).toEqual([201, mapping]);
  });

  it("makes an export, says where it is, and starts nothing", async () => {
    const api = anApi();

    const answer = await api.request(create(anExportBody));

    expect(answer.status).toBe(201);
    expect(answer.headers["location"]).toBe("/exports/id-0001");
    expect(answer.body).toEqual({
      ...anExportBody,
      syncMode: "upsert",
      exportId: "id-0001",
      listName: "Newsletter",
      version: 1,
      connection: { displayName: "Shop", type: "klaviyo" },
      schedule: { mode: "system" },
      nextRun: null,
      lastRun: null,
      unclear: [],
      undescribed: [],
      overLimit: [],
      createdAt: anInstant,
      createdBy: "contributor-1",
      updatedAt: anInstant,
      updatedBy: "contributor-1",
      permissions: ["view", "edit", "run", "delete", "attach"],
    });
    expect(api.exports.stored.has("id-0001")).toBe(true);
    expect(api.prepared).toEqual([]);
  });

  it.each([
    ["no segment", { segments: [] }, "/segments", 400, "invalidRequest"],
    ["segments left out", { segments: undefined }, "/segments", 400, "invalidRequest"],
    ["a segment twice", { segments: ["vip", "vip"] }, "/segments", 400, "invalidRequest"],
    ["a path", { segments: ["../reports"] }, "/segments/0", 400, "invalidRequest"],
    [
      "a segment that is not there",
      { segments: ["vip", "x"] },
      "/segments/1",
      422,
      "segmentMissing",
    ],
    ["no email field", { mapping: {} }, "/mapping/email", 400, "invalidRequest"],
    [
      "another mapped field",
      { mapping: { email: "E", name: "N" } },
      "/mapping/name",
      400,
      "invalidRequest",
    ],
    ...mappingFaults.map(
      ([what, part, field]) =>
        [
          what,
          { mapping: { email: "E", ...part } },
          `/mapping${field}`,
          400,
          "invalidRequest",
        ] as const,
    ),
    ["a malformed list id", { listId: "a/../b" }, "/listId", 400, "invalidRequest"],
    ["an unknown list", { listId: "NoList" }, "/listId", 422, "listNotFound"],
    [
      "an unknown connection",
      { connectionId: "other" },
      "/connectionId",
      422,
      "connectionNotFound",
    ],
    ["half a character", { displayName: "\ud800" }, "", 400, "invalidRequest"],
    ["an unknown field", { schedule: "daily" }, "/schedule", 400, "invalidRequest"],
  ])("refuses %s", async (_what, part, field, status, code) => {
    const api = anApi();

    const answer = await api.request(create({ ...anExportBody, ...part }));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([status, code, field]);
    expect(api.exports.stored.size).toBe(1);
  });

  it("says that Klaviyo is unavailable when the list can't be checked", async () => {
    const api = anApi({ account: { failures: [{ kind: "unavailable", reason: "no answer" }] } });

    const answer = await api.request(create(anExportBody));

    expect([answer.status, answer.body.code]).toEqual([503, "klaviyoUnavailable"]);
    expect(answer.headers).not.toHaveProperty("retry-after");
  });

  it("says when to send it again when the account's limit at Klaviyo is used up", async () => {
    const failures = [{ kind: "throttled", retryAfterMilliseconds: 33_400 } as const];
    const api = anApi({ account: { failures } });

    const answer = await api.request(create(anExportBody));

    expect([answer.status, answer.body.code]).toEqual([503, "klaviyoUnavailable"]);
    expect(answer.headers).toMatchObject({ "retry-after": "34" });
    expect(api.exports.stored.size).toBe(1);
  });

  it("says so when the connection's key can't be read", async () => {
    const api = anApi();
    api.secrets.stored.clear();

    const answer = await api.request(create(anExportBody));

    expect([answer.status, answer.body.code]).toEqual([422, "secretUnreadable"]);
  });
});

describe("PUT /exports/{exportId}", () => {
  it("replaces the settings and counts the version", async () => {
    const api = anApi();

    const answer = await api.request(change({ ...anExportBody, listId: "LiSt02", version: 1 }));

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ ...anExportBody, listId: "LiSt02", version: 2 });
    expect(api.exports.stored.get("export-1")).toMatchObject({
      ...anExportBody,
      listId: "LiSt02",
      version: 2,
      createdBy: "contributor-1",
    });
  });

  it("refuses a change of something that was changed since", async () => {
    const api = anApi({ exports: [anExport({ version: 5 })] });

    const answer = await api.request(change({ ...anExportBody, version: 4 }));

    expect([answer.status, answer.body.code, answer.body.field]).toEqual([
      409,
      "exportChanged",
      "/version",
    ]);
    expect(api.exports.stored.get("export-1")).toEqual(anExport({ version: 5 }));
  });

  it("asks Klaviyo for the list only when list or connection change", async () => {
    const api = anApi();
    const { displayName: _name, ...settings } = anExportBody;

    await api.request(change({ ...settings, displayName: "Renamed" }));
    expect(api.klaviyo.calls).toEqual([]);

    const moved = await api.request(change({ ...anExportBody, listId: "NoList" }));
    expect(moved.body.code).toBe("listNotFound");
    expect(api.klaviyo.calls).toEqual(["getList"]);
  });

  it("does not let a contributor move an export to a connection that is not shared", async () => {
    const api = anApi({
      connections: [
        aConnection(),
        aConnection({ connectionId: "closed", displayName: "C", sharing: "administrators" }),
      ],
    });

    const answer = await api.request(change({ ...anExportBody, connectionId: "closed" }));

    expect([answer.status, answer.body.code]).toEqual([422, "connectionNotFound"]);
  });
});

describe("the list of an export in sync mode mirror", () => {
  const mirror = anExport({ displayName: "A mirror", syncMode: "mirror" });
  const sameAccount = aConnection({ connectionId: "connection-2", displayName: "Same account" });
  const otherAccount = aConnection({
    ...{ connectionId: "connection-2", displayName: "Other account" },
    account: { id: "OtHer1", organizationName: "Other Shop" },
  });

  it.each([
    ["on the same connection", "connection-1"],
    ["over another connection to the account", "connection-2"],
  ])("is nobody else's %s", async (_where, connectionId) => {
    const api = anApi({ connections: [aConnection(), sameAccount], exports: [mirror] });
    const { status, body } = await api.request(create({ ...anExportBody, connectionId }));
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: "listMirrored",
      field: "/listId",
      params: { displayName: "A mirror", exportId: "export-1", listId: "LiSt01" },
    });
    expect(api.exports.stored.size).toBe(1);
  });

  it("can't be one that another export uses already", async () => {
    const api = anApi({ exports: [anExport()] });
    const made = await api.request(create({ ...anExportBody, syncMode: "mirror" }));
    expect(made).toMatchObject({ status: 409, body: { code: "listMirrored" } });
    const second = anApi({ exports: [anExport(), anExport({ exportId: "export-2" })] });
    const changed = await second.request(change({ ...anExportBody, syncMode: "mirror" }));
    expect(changed).toMatchObject({ status: 409, body: { code: "listMirrored" } });
    expect(second.exports.stored.get("export-1")?.syncMode).toBe("upsert");
  });

  it("may have the id of another account's list, be mirrored by itself, and be a detached one's", async () => {
    const elsewhere = anApi({
      connections: [aConnection(), otherAccount],
      exports: [anExport({ ...mirror, connectionId: "connection-2" })],
    });
    expect((await elsewhere.request(create(anExportBody))).status).toBe(201);
    const alone = anApi({ exports: [mirror] });
    const renamed = await alone.request(
      change({ ...anExportBody, displayName: "Renamed", syncMode: "mirror" }),
    );
    expect(renamed).toMatchObject({ status: 200, body: { syncMode: "mirror" } });
    const detached = { at: anInstant, by: "administrator-1" };
    const free = anApi({ exports: [anExport({ ...mirror, connectionId: "none", detached })] });
    expect((await free.request(create(anExportBody))).status).toBe(201);
  });
});

describe("DELETE /exports/{exportId}", () => {
  const remove = { method: "DELETE", path: "/exports/export-1", role: "Contributor" } as const;

  it("deletes the export", async () => {
    const api = anApi({ runs: [] });

    expect((await api.request(remove)).status).toBe(204);

    expect(api.exports.stored.size).toBe(0);
    expect((await api.request(remove)).body.code).toBe("exportNotFound");
  });

  it("stops the run that is going", async () => {
    const currentRun = { runId: "run-1", claimedAt: anInstant };
    const api = anApi({ exports: [anExport({ currentRun })], runs: [aRun()] });

    expect((await api.request(remove)).status).toBe(204);

    expect(api.runs.stored.get("run-1")?.stop?.code).toBe("exportDeleted");
  });

  it("stops a run that was started in between", async () => {
    const api = anApi({ runs: [aRun({ runId: "run-2" })] });

    await api.request(remove);

    expect(api.runs.stored.get("run-2")?.stop?.code).toBe("exportDeleted");
  });
});

describe("GET /exports", () => {
  it("lists all exports to every role, with what that role may do", async () => {
    const api = anApi({
      connections: [
        aConnection(),
        aConnection({ connectionId: "closed", displayName: "C", sharing: "administrators" }),
      ],
      exports: [
        anExport(),
        anExport({ exportId: "export-2", connectionId: "closed" }),
        anExport({ exportId: "export-3", connectionId: "gone" }),
      ],
    });
    const managed = ["view", "edit", "run", "delete", "attach"];
    const all = [...managed, "detach"];
    const seen = async (role: "Administrator" | "Contributor" | "Viewer") => {
      const { body } = await api.request({ method: "GET", path: "/exports", role });
      return body.items.map((item: { permissions: string[] }) => item.permissions);
    };

    expect(await seen("Administrator")).toEqual([all, all, all]);
    expect(await seen("Contributor")).toEqual([managed, ["view"], ["view"]]);
    expect(await seen("Viewer")).toEqual([["view"], ["view"], ["view"]]);
  });

  it("shows nothing of what is stored beside", async () => {
    const snapshot = { key: "snapshots/x", fingerprint: "f", destination: "d", runId: "run-0" };
    const currentRun = { runId: "run-1", claimedAt: anInstant };
    const api = anApi({ exports: [anExport({ snapshot, currentRun, lastRunId: "run-1" })] });

    const answer = await api.request({ method: "GET", path: "/exports/export-1" });

    expect(answer.body).toMatchObject({ currentRunId: "run-1", lastRunId: "run-1" });
    expect(answer.text).not.toMatch(/snapshot|claimedAt|fingerprint/);
  });
});
