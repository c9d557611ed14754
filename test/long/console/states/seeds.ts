import type { ConsoleSystem } from "../../../browser/support/console";
import type { Seeded } from "./state";

/** Puts into the system what the screens show. */
export async function seed({ system }: ConsoleSystem): Promise<Seeded> {
  const { klaviyo, environment } = system.laptop;
  await system.putSegment("customers", { "customers.csv": rows("customer", 40) });
  await system.putSegment("members", { "members.csv": rows("member", 40) });
  const connectionId = await system.createConnection({ displayName: "Main account" });
  const exportId = await system.createExport(connectionId, { displayName: "Newsletter" });
  const { runId } = await system.run(exportId);
  const { runId: otherRunId } = await system.run(exportId, "full");
  const newExportId = await system.createExport(connectionId, { displayName: "Not run yet" });
  await system.call("PUT", `/exports/${newExportId}/schedule`, {
    body: {
      mode: "own",
      recurrence: { frequency: "daily", times: ["06:00", "18:00"], timeZone: "Asia/Tokyo" },
    },
  });

  const mirrorId = await system.createExport(connectionId, {
    ...{ displayName: "Members only", segments: ["members"], syncMode: "mirror" },
    listId: klaviyo.createList(klaviyo.first.accountId, { name: "Members" }).id,
  });
  await system.run(mirrorId);
  await system.putSegment("members", { "members.csv": rows("member", 3) });
  const { runId: heldBackRunId } = await system.run(mirrorId);
  const preview = await system.call<{ previewId: string }>(
    "POST",
    `/exports/${exportId}/previews`,
    { body: { mode: "full" } },
  );

  const goingExportId = await system.createExport(connectionId, { displayName: "Going" });
  klaviyo.holdJobs();
  const { runId: goingRunId } = await system.startRun(goingExportId);
  return {
    ...{ apiUrl: environment.apiUrl, connectionId, exportId, runId, otherRunId, newExportId },
    ...{ mirrorId, heldBackRunId, goingExportId, goingRunId },
    previewId: preview.body.previewId,
  };
}

function rows(kind: string, count: number): string {
  const people = Array.from(
    { length: count },
    (_, index) => `${kind}-${index}@example.com,Name ${index}`,
  );
  return ["Email,first_name", ...people, "not an address,Nobody", ",Blank"].join("\n");
}
