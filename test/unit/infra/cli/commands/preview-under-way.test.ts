import { expect, test } from "@jest/globals";
import type { RequestOf } from "../../../../../infra/client/operations";
import type { Api } from "../../../../../infra/cli/api/api";
import { previewOf } from "../../../../../infra/cli/commands/runs/preview";
import { Failure } from "../../../../../infra/cli/failure";

const underWay = new Failure({
  ...{ code: "previewRunning", message: "One is under way.", exit: "conflict" as const },
  params: { previewId: "p1" },
});

/** An API where preview p1, of that mode, is under way until it has been looked at. */
function apiWith(mode: "full" | "incremental") {
  const looked: string[] = [];
  const api = {
    createPreview: async () => {
      if (looked.length === 0) throw underWay;
      return { previewId: "p2" };
    },
    viewPreview: async ({ path: { previewId } }: RequestOf<"viewPreview">) => {
      looked.push(previewId);
      return { previewId, status: "ready", mode: previewId === "p1" ? mode : "incremental" };
    },
  } as unknown as Api;
  return { api, looked };
}

const asked = { mode: "incremental", reconcile: false } as const;
const terminal = { note: () => undefined };

test("a preview that is under way is waited for, and is the answer when it is of the same", async () => {
  const { api, looked } = apiWith("incremental");
  expect(await previewOf(api, "e1", asked, terminal)).toMatchObject({ previewId: "p1" });
  expect(looked).toEqual(["p1"]);
});

test("after one of another mode, the one that was asked for is made", async () => {
  const { api, looked } = apiWith("full");
  expect(await previewOf(api, "e1", asked, terminal)).toMatchObject({ previewId: "p2" });
  expect(looked).toEqual(["p1", "p2"]);
});

test("one that is always under way is told in the end", async () => {
  const api = {
    createPreview: async () => Promise.reject(underWay),
    viewPreview: async () => ({ previewId: "p1", status: "ready", mode: "full" }),
  } as unknown as Api;
  await expect(previewOf(api, "e1", asked, terminal)).rejects.toBe(underWay);
});
