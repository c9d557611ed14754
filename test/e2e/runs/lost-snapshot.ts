import { beforeAll, describe, expect, it } from "@jest/globals";
import { eventually } from "../../integration/local/eventually";
import { type System } from "../../support/system";
import { mirrorsIn, people } from "../../support/exports/mirror";

/**
 * What a mirror does whose snapshot is gone, or is there and can't be read.
 *
 * @param started the system, once tests run
 */
export function describeLostSnapshot(
  damage: "delete" | "scribble",
  started: () => System | Promise<System>,
): void {
  describe(`a snapshot that is lost (${damage})`, () => {
    const reconcile = { reconcile: true, allowMassRemoval: true } as const;
    let system: System;
    beforeAll(async () => {
      system = await started();
    });
    const { aMirror, snapshotsOf, loseSnapshot } = mirrorsIn(() => system);

    it("sends everybody and takes off nobody; a reconciliation takes off who is no member", async () => {
      const mirror = await aMirror();
      const { klaviyo } = system.laptop;
      await mirror.put(people(1, 250));
      await mirror.run();
      klaviyo.seedProfiles(mirror.accountId, ["guest@example.net"], mirror.listId);
      await loseSnapshot(mirror.exportId, damage);
      await mirror.put(people(11, 250));
      const run = await mirror.run();
      expect(run.warnings).toMatchObject([
        { code: "snapshotUnreadable" },
        { code: "leaversUnknown" },
      ]);
      expect(run.numbers).toMatchObject({ imported: 240, unchanged: 0 });
      expect(run.removals).toEqual({ leaving: 0, removed: 0, notFound: 0, unremoved: 0 });
      const everybody = [...people(1, 250), "guest@example.net"].sort();
      expect(mirror.members()).toEqual(everybody);

      // Who is known to be the export's leaves; the others stay, and every run says so.
      await mirror.put(people(12, 250));
      const next = await mirror.run();
      expect(next.warnings).toMatchObject([{ code: "leaversUnknown" }]);
      expect(next.removals).toMatchObject({ leaving: 1, removed: 1 });
      expect(next.numbers).toMatchObject({ unchanged: 239 });

      const whole = await mirror.run(reconcile);
      expect(whole).toMatchObject({ reconcile: true, warnings: [{ code: "othersRemoved" }] });
      expect(whole.removals).toMatchObject({ leaving: 11, removed: 11 });
      expect(mirror.members()).toEqual(people(12, 250).sort());
      const last = await mirror.run();
      expect(last.warnings).toEqual([]);
      // Of its snapshots the export keeps the newest; the others go after the run has ended.
      await eventually(async () => (await snapshotsOf(mirror.exportId)).length === 1);
      expect(await snapshotsOf(mirror.exportId)).toEqual([
        `snapshots/${mirror.exportId}/${last.runId}.parquet`,
      ]);
      await system.call("DELETE", `/exports/${mirror.exportId}`);
      expect(await snapshotsOf(mirror.exportId)).toEqual([]);
    });
  });
}
