import { beforeEach, expect, test } from "@jest/globals";
import { DomainError, type ProblemCode } from "../../../../../shared/domain/problems/problem";
import type { SegmentPin } from "../../../../../shared/domain/segments/refresh";
import type { SourceFinding } from "../../../../../shared/domain/sources/source";
import type { SegmentSource } from "../../../../../shared/ports";
import { openNoted } from "../../../../../shared/use-cases/sources/noted-state";
import { anInstant } from "../../../../support/builders";

const checked: SourceFinding = { foundAt: "2026-01-01T00:00:00Z", foundBy: "check", tableCount: 3 };
const ready = { kind: "ready" } as SegmentPin;

let stored: SourceFinding | undefined;
let written: number;
let warned: string[];
beforeEach(() => {
  stored = checked;
  written = 0;
  warned = [];
});

function pinning(answer: SegmentPin | ProblemCode) {
  const pin = async (): Promise<SegmentPin> => {
    if (typeof answer === "string") {
      throw new DomainError(answer, { place: "p", reason: "r", source: "s", segment: "s" });
    }
    return answer;
  };
  const source = openNoted(
    {
      findings: {
        get: async () => stored,
        put: async (_sourceId, finding) => {
          written += 1;
          stored = finding;
        },
      },
      clock: { now: () => new Date(anInstant) },
      log: { warn: (...[event]: unknown[]) => void warned.push(String(event)) },
    },
    "insights",
    async () => ({ pin }) as unknown as SegmentSource,
  );
  return source.then((opened) => opened.pin("insights:Vip"));
}

test.each(["sourceForbidden", "sourceNotEnabled", "sourcePlaceMissing", "modelMissing"] as const)(
  "a run that meets %s says so of the source, once, and another that it is well again",
  async (code) => {
    for (let time = 0; time < 2; time += 1) {
      await expect(pinning(code)).rejects.toThrow(DomainError);
    }
    expect([stored?.problem?.code, stored?.foundBy, stored?.tableCount, written]).toEqual([
      ...[code, "run", 3, 1],
    ]);
    await pinning(ready);
    await pinning(ready);
    expect([stored, written]).toEqual([{ ...checked, foundAt: anInstant, foundBy: "run" }, 2]);
  },
);

test.each(["sourceUnavailable", "modelUnreadable", "appendOnlyTable"] as const)(
  "%s passes or is of one table: the source's state stays",
  async (code) => {
    await expect(pinning(code)).rejects.toThrow(DomainError);
    expect(written).toBe(0);
  },
);

test("what is unfinished or not there says nothing of the source", async () => {
  stored = { ...checked, problem: { code: "sourceForbidden" } as SourceFinding["problem"] };
  await pinning({ kind: "missing" });
  expect(written).toBe(0);
});

test("a state that can't be noted keeps no run from going on", async () => {
  const source = await openNoted(
    {
      findings: {
        get: async () => Promise.reject(new Error("throttled")),
        put: async () => undefined,
      },
      clock: { now: () => new Date(anInstant) },
      log: { warn: (...[event]: unknown[]) => void warned.push(String(event)) },
    },
    "insights",
    async () => ({ pin: async () => ready }) as unknown as SegmentSource,
  );
  expect(await source.pin("insights:Vip")).toBe(ready);
  expect(warned).toEqual(["sourceStateNotNoted"]);
});
