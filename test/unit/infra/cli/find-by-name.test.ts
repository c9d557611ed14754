import { describe, expect, test } from "@jest/globals";
import type { Api } from "../../../../infra/cli/api/api";
import { findRunId } from "../../../../infra/cli/api/find-by-name";
import { scheduledRunId } from "../../../../shared/domain/schedules/schedule";

const exportId = "01M84KSTQVRD05QHBZK6VTEBKV";
const another = "01M84M0Z6D1X4T8Q2V9B7C3N5E";
const anApi = (...exports: object[]): Api =>
  ({ listExports: async () => ({ items: exports }) }) as unknown as Api;
const newsletter = { exportId, displayName: "Newsletter", lastRunId: "last" };

describe("what is named where a run is asked for", () => {
  test.each([
    ["on demand", another],
    ["by its schedule", scheduledRunId(exportId, new Date("2026-11-02T08:00Z"))],
    ["with all the others", `${another}-${exportId}`],
  ])("is a run that was started %s", async (_how, runId) => {
    expect(await findRunId(anApi(newsletter), runId)).toBe(runId);
  });

  test.each(["Newsletter", "newsletter", exportId])(
    "is the last run of the export %s",
    async (named) => {
      expect(await findRunId(anApi(newsletter), named)).toBe("last");
    },
  );

  test("is the run that is going, before the last that ended", async () => {
    const going = { ...newsletter, currentRunId: "going" };
    expect(await findRunId(anApi(going), "Newsletter")).toBe("going");
  });

  test.each(["News-202601010000", another, scheduledRunId(another, new Date("2026-11-02T08:00Z"))])(
    "is an export when one is called so, however much the name %s looks like a run's id",
    async (displayName) => {
      expect(await findRunId(anApi({ ...newsletter, displayName }), displayName)).toBe("last");
    },
  );

  test.each(["Newsleter", "News-202601010000", `${another}-1`, ` ${another}`])(
    "%j is neither an export nor the id of a run",
    async (named) => {
      await expect(findRunId(anApi(newsletter), named)).rejects.toMatchObject({
        details: { code: "exportNotFound", exit: "notFound" },
      });
    },
  );

  test("is nothing yet of an export that has not run", async () => {
    const api = anApi({ exportId, displayName: "New" });
    await expect(findRunId(api, "New")).rejects.toThrow(
      "Start it with: klaviyo-export runs start New",
    );
  });
});
