import { describe, expect, jest, test } from "@jest/globals";
import type { ConnectionAnswer, ExportAnswer } from "../../../../../infra/cli/api/answers";
import type { Api } from "../../../../../infra/cli/api/api";
import { exportEntrySchema } from "../../../../../infra/cli/configuration/file-schema";
import { planExport } from "../../../../../infra/cli/configuration/plan-exports";
import { anExport } from "../../../../support/builders";

const shop = { connectionId: "c1", displayName: "Shop", type: "klaviyo" } as ConnectionAnswer;
const { currentRun: _none, ...stored } = anExport({ connectionId: "c1", listId: "LiSt01" });
const present = {
  ...{ ...stored, displayName: "Newsletter", nextRun: null, lastRun: null, permissions: [] },
  connection: { displayName: "Shop", type: "klaviyo" },
} as unknown as ExportAnswer;

/** What the file says of an export that is in every part what there is. */
const entry = (overrides: object) =>
  exportEntrySchema.parse({
    ...{ displayName: "Newsletter", connection: "Shop", list: { id: "LiSt01" } },
    ...{ segments: stored.segments, mapping: stored.mapping, schedule: stored.schedule },
    ...overrides,
  });

const anApi = () => ({
  detachExport: jest.fn(async () => present),
  updateExport: jest.fn(async () => present),
  scheduleExport: jest.fn(async (_request: object) => present),
  listKlaviyoLists: jest.fn(async () => ({ items: [{ id: "LiSt01", name: "Newsletter" }] })),
});
const planning = (api: ReturnType<typeof anApi>, now = present) => ({
  terminal: { note: () => undefined, noteColumns: undefined },
  api: api as unknown as Api,
  present: [now],
  connectionCalled: (name: string) => (name === "Shop" ? shop : undefined),
  willBeMade: () => false,
});

describe("an entry that detaches its export", () => {
  test("detaches it and changes nothing else", async () => {
    const api = anApi();
    const step = await planExport(planning(api), entry({ connection: null }));
    expect(step.differences).toEqual([{ path: "connection", from: "Shop", to: null }]);
    await step.carryOut();
    expect(api.detachExport).toHaveBeenCalledTimes(1);
    expect(api.updateExport).not.toHaveBeenCalled();
  });

  test("may give it another schedule", async () => {
    const api = anApi();
    const step = await planExport(
      planning(api),
      entry({ connection: null, schedule: { mode: "off" } }),
    );
    await step.carryOut();
    expect(api.detachExport).toHaveBeenCalledTimes(1);
    expect(api.scheduleExport).toHaveBeenCalledWith({
      path: { exportId: present.exportId },
      ifMatch: present.version,
      body: { mode: "off" },
    });
  });

  test.each([
    ["segments", { segments: ["others"] }, /only its schedule can be changed, not segments\./],
    ["the list", { list: { id: "LiSt02" } }, /only its schedule can be changed, not list\./],
    ["the mapping", { mapping: { email: "Other" } }, /not mapping\.email\./],
  ])("is refused while it is planned when it also changes %s", async (_what, more, message) => {
    const api = anApi();
    await expect(
      planExport(planning(api), entry({ connection: null, ...more })),
    ).rejects.toMatchObject({
      details: { code: "exportInvalid", exit: "invalid" },
      message: expect.stringMatching(message),
    });
    expect(api.detachExport).not.toHaveBeenCalled();
  });

  test("is refused when it names its list by name, and is told the id", async () => {
    await expect(
      planExport(planning(anApi()), entry({ connection: null, list: { name: "Newsletter" } })),
    ).rejects.toThrow("{id: LiSt01}");
  });

  test("has nothing to do when the export is detached", async () => {
    const detached = { ...present, connectionId: null, connection: null };
    const step = await planExport(planning(anApi(), detached), entry({ connection: null }));
    expect(step.kind).toBe("unchanged");
  });
});

test("an entry with a connection finds its list by name, and has nothing to do when it is the same", async () => {
  const step = await planExport(planning(anApi()), entry({ list: { name: "Newsletter" } }));
  expect(step.kind).toBe("unchanged");
});
