import { describe, expect, it } from "@jest/globals";
import { DomainError } from "../../../../../../shared/domain/problems/problem";
import type { PreparationRequest } from "../../../../../../shared/ports";
import { preparePreview } from "../../../../../../shared/use-cases/runs/preview/prepare-preview";
import { aConnection, anExport, aPreview, aSegmentFile } from "../../../../../support/builders";
import { fakeClock, fakeIds, fakeLimiter } from "../../../../../support/fakes/clock-and-ids";
import { accessTo } from "../../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeJobs } from "../../../../../support/fakes/run-parts";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { fakePreviewStore } from "../../../../../support/fakes/stores/preview-store";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";
import { fakeSecretStore } from "../../../../../support/fakes/stores/secret-store";
import { fakeSegmentSource } from "../../../../../support/fakes/stores/segment-source";

const message = { step: "preview", exportId: "export-1", previewId: "preview-1" } as const;

/** A preview of a segment of so many bytes, whose reading takes too long if it is begun. */
async function ended(bytes: number) {
  const clock = fakeClock();
  const connection = aConnection();
  const connections = fakeConnectionStore(connection);
  const previews = fakePreviewStore(aPreview());
  const asked: (number | undefined)[] = [];
  const late = new DomainError("preparationTooLong", { megabytes: 1, minutes: 14 });
  await preparePreview(
    {
      ...{
        clock,
        connections,
        previews,
        runs: fakeRunStore(),
        exports: fakeExportStore(anExport()),
      },
      klaviyo: accessTo(fakeJobs({ listExists: true }), {
        ...{ connections, clock, limiter: fakeLimiter(clock) },
        secrets: fakeSecretStore({ [connection.secretArn]: "pk_test" }),
      }),
      segments: fakeSegmentSource(aSegmentFile({ bytes })),
      preparation: {
        prepare: async ({ withinMilliseconds }: PreparationRequest) => {
          asked.push(withinMilliseconds);
          throw late;
        },
      },
      ...{ ids: fakeIds(), log: fakeLog(), megabytesPerSecond: 45 },
    },
    message,
    new Date(clock.now().getTime() + 900_000),
  );
  return { ...previews.stored.get("export-1/preview-1"), asked };
}

describe("a preview of what can't be prepared in time", () => {
  it("fails with how large it is, and nothing is read", async () => {
    expect(await ended(38_000_000_000)).toMatchObject({
      ...{ status: "failed", asked: [] },
      problem: { code: "preparationTooLong", params: { megabytes: 38_000, minutes: 14 } },
    });
  });

  it("fails with the same code when it is broken off, after as long as a run has", async () => {
    expect(await ended(1_000)).toMatchObject({
      ...{ status: "failed", asked: [840_000] },
      problem: { code: "preparationTooLong" },
    });
  });
});
