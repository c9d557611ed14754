import { describe, expect, it } from "@jest/globals";
import { NO_CONNECTION } from "../../../../../shared/domain/exports/export";
import { anApi } from "../../../../support/api";
import { aConnection, anExport, anInstant } from "../../../../support/builders";

const files = (exportId: string, ...runIds: string[]): string[] =>
  runIds.map((runId) => `snapshots/${exportId}/${runId}.parquet`);
const snapshot = (exportId: string, connectionId: string) => ({
  ...{ key: files(exportId, "run-9")[0]!, fingerprint: "f", destination: "d", runId: "run-9" },
  connectionId,
});

describe("the snapshots of an export", () => {
  it("are deleted with it, all of them, and nobody else's", async () => {
    const api = anApi({ exports: [anExport({ snapshot: snapshot("export-1", "connection-1") })] });
    for (const key of [...files("export-1", "run-8", "run-9"), ...files("export-12", "run-7")]) {
      api.snapshots.add(key);
    }
    const answer = await api.request({ method: "DELETE", path: "/exports/export-1" });
    expect(answer.status).toBe(204);
    expect([...api.snapshots]).toEqual(files("export-12", "run-7"));
  });

  it("are forgotten before they are deleted, so that they never count as lost", async () => {
    const api = anApi({ exports: [anExport({ snapshot: snapshot("export-1", "connection-1") })] });
    api.exports.delete = () => Promise.reject(new Error("broke off"));
    await api.request({ method: "DELETE", path: "/exports/export-1" });
    expect(api.exports.stored.get("export-1")).not.toHaveProperty("snapshot");
  });

  it("are deleted with their connection, also when no record of their run is left", async () => {
    const detached = { connectionId: NO_CONNECTION, detached: { at: anInstant, by: "someone" } };
    const api = anApi({
      connections: [aConnection(), aConnection({ connectionId: "connection-2", displayName: "B" })],
      exports: [
        anExport({ ...detached, snapshot: snapshot("export-1", "connection-1") }),
        anExport({
          ...{ ...detached, exportId: "export-2" },
          snapshot: snapshot("export-2", "connection-2"),
        }),
      ],
      runs: [],
    });
    for (const key of [...files("export-1", "run-9"), ...files("export-2", "run-9")]) {
      api.snapshots.add(key);
    }
    const answer = await api.request({ method: "DELETE", path: "/connections/connection-1" });
    expect(answer.status).toBe(204);
    expect([...api.snapshots]).toEqual(files("export-2", "run-9"));
    expect(api.exports.stored.get("export-1")).not.toHaveProperty("snapshot");
    expect(api.exports.stored.get("export-2")).toHaveProperty("snapshot");
  });
});
