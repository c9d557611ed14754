import { describe, expect, test } from "@jest/globals";
import { mappingOf } from "../../../../../infra/cli/commands/options/mapping-options";
import { exitOfPreview } from "../../../../../infra/cli/commands/runs/preview";
import { checkedSettings, settingsOf } from "../../../../../infra/cli/configuration/check-settings";
import type { ProblemCode } from "../../../../../shared/domain/problems/problem";

const present = {
  ...{ displayName: "N", connectionId: "c", listId: "L1", segments: ["s"], syncMode: "mirror" },
  mapping: { email: "Email", properties: { Tier: "Tier" } },
  subscription: {
    historicalImport: false,
    acknowledgement: { agreedBy: "ann", agreedAt: "2026-11-02T08:00:00.000Z" },
  },
  exportId: "e",
};

describe("an export's settings", () => {
  test("are taken from an answer as the API takes them, without what it keeps with them", () => {
    const settings = settingsOf(present);
    expect(settings).not.toHaveProperty("exportId");
    expect(settings["subscription"]).toEqual({ historicalImport: false });
    expect(() => checkedSettings(settings)).not.toThrow();
  });

  test("at fault are named by their path, within the form that was meant", () => {
    const mapping = { email: "Email", properties: { Points: { field: "P", type: "integer" } } };
    expect(() => checkedSettings({ ...settingsOf(present), mapping })).toThrow(
      /^mapping\.properties\.Points\.type: /,
    );
  });
});

describe("a mapping by options", () => {
  test("puts fields into the mapping that is there, with types and parts, and takes them out", async () => {
    const map = ["location.city=Town", "properties.Points={field: Points, type: number}"];
    expect(await mappingOf({ map, unmap: ["properties.Tier"] }, present.mapping)).toEqual({
      email: "Email",
      location: { city: "Town" },
      properties: { Points: { field: "Points", type: "number" } },
    });
  });

  test.each(["first_name", "=A", "first_name=", "a={field: "])("%j is refused", async (pair) => {
    await expect(mappingOf({ map: [pair] })).rejects.toThrow(/^--map /);
  });
});

describe("a preview ends as its run would", () => {
  const found = (code: ProblemCode) => ({
    culprit: "user" as const,
    code,
    message: "",
    params: {},
  });
  test.each([
    [{}, "ok"],
    [{ stop: found("overProfileLimit") }, "runSkipped"],
    [{ stop: found("removalGuard") }, "runSkipped"],
    [{ problem: found("keyRefused") }, "runFailed"],
  ])("%j: %s", (preview, exit) => {
    expect(exitOfPreview(preview)).toBe(exit);
  });
});
