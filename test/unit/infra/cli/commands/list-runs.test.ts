import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anApi } from "../../../../support/api";
import { aConnection, anExport, aRun } from "../../../../support/builders";
import { runInProcess } from "../../../../support/commands/command-line";
import { serveApi } from "../../../../support/served-api";

const settings = (displayName: string, connectionId = "connection-1") => ({
  ...aRun().settings,
  ...{ displayName, connectionId },
});
let served: Awaited<ReturnType<typeof serveApi>>;
beforeAll(async () => {
  served = await serveApi(
    anApi({
      connections: [
        aConnection({ displayName: "Shop" }),
        aConnection({ connectionId: "connection-2", displayName: "Outlet" }),
      ],
      exports: [anExport({ displayName: "Newsletter" })],
      runs: [
        aRun({ runId: "run-1", settings: settings("Newsletter") }),
        aRun({ runId: "run-2", exportId: "export-2", settings: settings("VIPs", "connection-2") }),
        aRun({ runId: "run-3", exportId: "gone", settings: settings("Gone"), status: "failed" }),
      ],
    }),
  );
});
afterAll(() => served.close());

const list = (...args: string[]): ReturnType<typeof runInProcess> =>
  runInProcess(["runs", "list", ...args], {
    KLAVIYO_EXPORT_URL: served.url,
    KLAVIYO_EXPORT_TOKEN: "token",
  });

describe("runs list", () => {
  it.each([
    [["--all"], ["run-1", "run-2", "run-3"]],
    [["--all", "--status", "failed"], ["run-3"]],
    [["--all", "--connection", "outlet"], ["run-2"]],
    [["Newsletter"], ["run-1"]],
  ])("%j lists %j", async (args, runs) => {
    const { code, stdout } = await list(...args, "-o", "json");
    expect(code).toBe(0);
    const found = JSON.parse(stdout) as { runId: string }[];
    expect(found.map(({ runId }) => runId).sort()).toEqual(runs);
  });

  it("says of which export each run is, where there are several", async () => {
    const { stdout } = await list("--all");
    expect(stdout).toMatch(/^RUN +EXPORT +STATUS/);
    expect(stdout).toMatch(/^run-3 +Gone +failed/m);
    expect((await list("Newsletter")).stdout).not.toContain("EXPORT");
  });

  it("says that nothing matches, with what was looked for", async () => {
    const { stdout } = await list("--all", "--connection", "Outlet", "--status", "failed");
    expect(stdout).toBe("Nothing matches --status, --connection.\n");
  });

  it.each([
    [[], "give --all"],
    [["Newsletter", "--all"], "give --all"],
    [["Newsletter", "--connection", "Shop"], "--connection goes with --all"],
  ])("%j is refused with what to do", async (args, text) => {
    const { code, stderr } = await list(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  });
});
