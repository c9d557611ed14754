import { beforeAll, expect, test } from "@jest/globals";
import { isTerminal, type Run } from "../../../shared/domain/runs/run";
import {
  eventually,
  sharedScheduledSystem,
  type ScheduledSystem,
} from "../../support/scheduled-system";

interface ExportAnswer {
  readonly exportId: string;
  readonly waitingFor: readonly { readonly segment: string; readonly reason: string }[];
}

let scheduled: ScheduledSystem;
beforeAll(async () => {
  scheduled = await sharedScheduledSystem();
});

const runsOf = async (exportId: string): Promise<Run[]> =>
  (await scheduled.runs()).filter((run) => run.exportId === exportId);

/** Until the export has so many runs, and all have ended. */
async function whenRan(exportId: string, times: number): Promise<readonly Run[]> {
  await eventually(async () => {
    const runs = await runsOf(exportId);
    return runs.length >= times && runs.every(({ status }) => isTerminal(status));
  });
  return runsOf(exportId);
}

test("an export runs by itself, once for each time that all of its segments have been refreshed", async () => {
  const { system, watch } = scheduled;
  const marked = (email: string) => ({ "part-0.csv": `Email\n${email}\n`, _SUCCESS: "" });
  const listed = (email: string) => ({ "g.csv": `Email\n${email}\n`, "files.txt": "g.csv\n" });
  // S3 tells when a file was written to the second, and what came in the second of the schedule counts as after it.
  const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));
  // What another part has left there.
  await system.removeSegment("customers");
  await system.putSegment("customers", marked("a@example.com"));
  await system.putSegment("guests", listed("b@example.com"));
  const marker = { kind: "manifest", name: "files.txt" };
  await system.call("PUT", "/segments/guests/settings", { body: { marker } });
  const connectionId = await system.createConnection();
  const exportId = await system.createExport(connectionId, { segments: ["customers", "guests"] });
  const path = `/exports/${exportId}`;
  await nextSecond();
  const set = await system.call<ExportAnswer>("PUT", `${path}/schedule`, {
    body: { mode: "onRefresh", overdueAfterHours: 26 },
  });
  expect(set.body).toMatchObject({ schedule: { mode: "onRefresh", overdueAfterHours: 26 } });
  const waitsFor = async () => {
    const { body } = await system.call<ExportAnswer>("GET", path);
    return body.waitingFor.map(({ segment, reason }) => [segment, reason]);
  };
  await nextSecond();

  await system.putSegment("customers", marked("a2@example.com"));
  await watch();
  await watch();
  expect(await runsOf(exportId)).toEqual([]);
  expect(await waitsFor()).toEqual([["guests", "notRefreshed"]]);

  await system.putSegment("guests", listed("b2@example.com"));
  await Promise.all([watch(), watch()]);
  await watch();
  const [first] = await whenRan(exportId, 1);
  expect(first).toMatchObject({ status: "successful", trigger: "scheduled" });
  expect(first?.plan?.segments).toMatchObject([
    { segment: "customers", completeness: "proven" },
    { segment: "guests", completeness: "proven" },
  ]);
  await watch();
  expect(await runsOf(exportId)).toHaveLength(1);
  expect(await waitsFor()).toEqual([
    ["customers", "notRefreshed"],
    ["guests", "notRefreshed"],
  ]);

  await system.putSegment("customers", marked("a3@example.com"));
  await system.putSegment("guests", listed("b3@example.com"));
  await watch();
  await whenRan(exportId, 2);
  await watch();
  expect(await runsOf(exportId)).toHaveLength(2);
  const { body } = await system.call<{ items: ExportAnswer[] }>(
    "GET",
    "/exports?scheduleMode=onRefresh",
  );
  expect(body.items.map((item) => item.exportId)).toEqual([exportId]);
});
