import { expect, it } from "@jest/globals";
import { problem } from "../../../../../../shared/domain/problems/problem";
import type { CallResult } from "../../../../../../shared/use-cases/klaviyo/call-result";
import { previewChanges } from "../../../../../../shared/use-cases/runs/preview/preview-changes";
import type { ProfileValues } from "../../../../../../shared/ports";

const ann = { type: "profile", attributes: { email: "ann@example.org", first_name: "Ann" } };

function aKlaviyo(answer: CallResult<readonly ProfileValues[]>) {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    listProfileValues: async (emails: readonly string[]) => {
      asked.push(emails);
      return answer;
    },
  };
}
const held = { email: "ann@example.org", attributes: { first_name: "Anna" } };

it("compares with what Klaviyo has of just these people", async () => {
  const klaviyo = aKlaviyo({ kind: "done", value: [held] });
  expect(await previewChanges(klaviyo, [ann])).toEqual([
    {
      email: "ann@example.org",
      fields: [{ attribute: "first_name", before: "Anna", after: "Ann" }],
    },
  ]);
  expect(klaviyo.asked).toEqual([["ann@example.org"]]);
});

it("asks nothing when no profile changes", async () => {
  const klaviyo = aKlaviyo({ kind: "done", value: [] });
  expect(await previewChanges(klaviyo, [])).toEqual([]);
  expect(klaviyo.asked).toEqual([]);
});

const because = problem("klaviyoUnavailable", { reason: "x" });
it.each<CallResult<readonly ProfileValues[]>>([
  { kind: "later", at: new Date(0), by: "limiter", problem: because },
  { kind: "later", at: new Date(0), by: "klaviyo", problem: because },
  { kind: "faulty", problem: because, unreached: false },
  { kind: "hopeless", problem: problem("keyRefused"), stopsRun: true },
  { kind: "refused", as: "invalid", errors: [], problem: because },
])("does without when Klaviyo does not answer: $kind", async (answer) => {
  expect(await previewChanges(aKlaviyo(answer), [ann])).toBeUndefined();
});
