import { describe, expect, it } from "@jest/globals";
import { DomainError } from "../../../../shared/domain/problems/problem";
import { slotName } from "../../../../shared/domain/schedules/recurrence";
import { keepTimetable } from "../../../../shared/use-cases/schedules/keep-timetable";
import { startDueExports } from "../../../../shared/use-cases/runs/start/start-due-exports";
import { anApi } from "../../../support/api";
import { aConnection, anExport } from "../../../support/builders";

const unreadable = async (): Promise<never> => {
  throw new DomainError("itemUnreadable", {
    kind: "connection",
    id: "connection-1",
    attribute: "type",
  });
};
const daily = { frequency: "daily", times: ["06:00"], timeZone: "Europe/Berlin" } as const;
const slot = {
  days: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
  time: "06:00",
  timeZone: "Europe/Berlin",
} as const;

/** An API of which one export can't be read. */
function aSituation() {
  const api = anApi({
    exports: [anExport({ schedule: { mode: "own", recurrence: daily } as never })],
  });
  const list = api.exports.list;
  api.exports.list = async (page) => ({ ...(await list(page)), unreadable: ["export-2"] });
  return api;
}

describe("an item that this version can't read", () => {
  it.each([
    ["Administrator", ["export-2"]],
    ["Contributor", undefined],
    ["Viewer", undefined],
  ] as const)("is named beside the others to a %s: %j", async (role, named) => {
    const api = aSituation();

    const list = await api.request({ method: "GET", path: "/exports", role });
    const found = await api.request({
      method: "GET",
      path: "/exports",
      role,
      query: { search: "c" },
    });

    for (const { status, body } of [list, found]) {
      expect([status, body.items.length, body.unreadable]).toEqual([200, 1, named]);
    }
  });

  it("is answered with a code of its own where it is asked for by its id", async () => {
    const api = anApi();
    api.connections.get = unreadable;

    const answer = await api.request({ method: "GET", path: "/connections/connection-1" });

    expect([answer.status, answer.body.code]).toEqual([500, "itemUnreadable"]);
    expect(answer.body.detail).toContain("connection connection-1");
  });

  it("leaves the exports of a connection to be seen, and a contributor no more than that", async () => {
    const api = anApi();
    api.connections.get = unreadable;

    const answer = await api.request({ method: "GET", path: "/exports", role: "Contributor" });

    expect(answer.body.items).toMatchObject([{ connection: null, permissions: ["view"] }]);
  });

  it("keeps no other export from being started when it is due", async () => {
    const api = aSituation();

    await startDueExports(api, {
      ...{ step: "due", scheduledFor: "2026-11-02T05:00:00.000Z" },
      slot: { ...slot, days: [...slot.days] },
    });

    expect(api.starts.sent).toMatchObject([{ exportId: "export-1" }]);
  });

  it("keeps the slots that it may need", async () => {
    const api = aSituation();
    const unused = { ...slot, days: [...slot.days], time: "07:00" };
    await api.timetable.ensure(unused);

    await keepTimetable(api, [unused]);

    expect([...api.timetable.slots]).toEqual([slotName(unused)]);
  });

  it("counts as a user of its connection, which is not deleted under it", async () => {
    const api = anApi({ connections: [aConnection()], exports: [] });
    api.exports.listByConnection = async () => ({ items: [], unreadable: ["export-2"] });

    const answer = await api.request({ method: "DELETE", path: "/connections/connection-1" });

    expect([answer.status, answer.body.code]).toEqual([409, "connectionInUse"]);
    expect(answer.body.params).toMatchObject({ exports: "export-2" });
  });
});
