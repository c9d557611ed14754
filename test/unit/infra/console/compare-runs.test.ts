import { describe, expect, it } from "@jest/globals";
import {
  comparedNumbers,
  comparedWarnings,
  differingSettings,
} from "../../../../infra/console/screens/comparison/compare-runs";
import { problem } from "../../../../shared/domain/problems/problem";
import { noNumbers, noRemovals } from "../../../../shared/domain/runs/run";
import { aRun } from "../../../support/builders";

describe("two runs compared", () => {
  it("have their numbers side by side, those of removing where either removes", () => {
    const a = { numbers: { ...noNumbers, rows: 5 }, removals: noRemovals };
    const b = {
      numbers: { ...noNumbers, rows: 7 },
      removals: { ...noRemovals, leaving: 1, removed: 1 },
    };
    const names = comparedNumbers(a, b).map(({ name }) => name);
    expect(comparedNumbers(a, b)[0]).toEqual({ name: "rows", a: 5, b: 7 });
    expect(names).toContain("unremoved");
    expect(comparedNumbers(a, a).map(({ name }) => name)).not.toContain("leaving");
  });

  it("differ in settings and in single fields of their mappings", () => {
    const { settings } = aRun();
    const found = differingSettings(
      { ...settings, mapping: { email: "Email" } },
      {
        ...settings,
        syncMode: "mirror",
        mapping: { email: "Email", first_name: "Given" },
      },
    );
    expect(found).toEqual([
      { path: "syncMode", a: settings.syncMode, b: "mirror" },
      { path: "mapping.first_name", a: undefined, b: "Given" },
    ]);
  });

  it("do not differ when they used the same settings", () => {
    const { settings } = aRun();
    expect(differingSettings(settings, { ...settings })).toEqual([]);
  });

  it("have each warning once, with who has it", () => {
    const shared = problem("leaversUnknown");
    const own = problem("segmentEmpty", { segment: "customers" });
    expect(comparedWarnings({ warnings: [shared] }, { warnings: [shared, own] })).toEqual([
      { warning: shared, inA: true, inB: true },
      { warning: own, inA: false, inB: true },
    ]);
  });
});
