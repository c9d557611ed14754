import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { ConsoleSystem } from "../../../browser/support/console";
import { exportModel } from "../../../support/files/export-model";
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

  const sourceId = await addSource(system);
  const goingExportId = await system.createExport(connectionId, { displayName: "Going" });
  klaviyo.holdJobs();
  const { runId: goingRunId } = await system.startRun(goingExportId);
  return {
    ...{ apiUrl: environment.apiUrl, connectionId, exportId, runId, otherRunId, newExportId },
    ...{ mirrorId, heldBackRunId, goingExportId, goingRunId },
    ...{ previewId: preview.body.previewId, sourceId },
  };
}

/** Adds an export folder with a segment, and with a table that can't be exported. */
async function addSource({ clients: { s3 }, call }: ConsoleSystem["system"]): Promise<string> {
  // The local stage may read sources from this bucket.
  const Bucket = "customer-insights-exports";
  const file = "HighValue/2026/11/26/0600/HighValue_1.csv";
  const model = exportModel([{ files: [file] }, { name: "Related", $type: "ReferenceEntity" }]);
  const members = "CustomerId,EMail,Spent\n1,ann@example.com,1.5\n";
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: `copied/${file}`, Body: members }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "copied/model.json", Body: model }));
  const place = { kind: "s3", bucket: Bucket, folder: "copied" };
  const made = await call<{ sourceId: string }>("POST", "/sources", {
    body: { displayName: "Insights", place },
  });
  if (made.status !== 201) throw new Error(`no source: ${JSON.stringify(made.body)}`);
  return made.body.sourceId;
}

function rows(kind: string, count: number): string {
  const people = Array.from(
    { length: count },
    (_, index) => `${kind}-${index}@example.com,Name ${index}`,
  );
  return ["Email,first_name", ...people, "not an address,Nobody", ",Blank"].join("\n");
}
