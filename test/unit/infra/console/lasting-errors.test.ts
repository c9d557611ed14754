import { describe, expect, it } from "@jest/globals";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { keepErrors } from "../../../../infra/console/api/lasting-errors";

/** A query that a screen shows, which is answered in these ways. */
function shown(answers: (() => Promise<string>)[]) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  keepErrors(queries);
  const observer = new QueryObserver(queries, {
    ...{ queryKey: ["something"], enabled: false },
    queryFn: () => answers.shift()!(),
  });
  observer.subscribe(() => undefined);
  return observer;
}

const fails = () => Promise.reject(new Error("out of reach"));
const succeeds = () => Promise.resolve("data");

describe("a query that failed", () => {
  it("says why while it is tried again, and until it succeeds", async () => {
    const query = shown([fails, fails, succeeds]);
    await query.refetch();

    for (const _ of ["it fails again", "it succeeds"]) {
      const trying = query.refetch();
      expect(query.getCurrentResult()).toMatchObject({
        ...{ status: "error", fetchStatus: "fetching", error: new Error("out of reach") },
      });
      await trying;
    }

    expect(query.getCurrentResult()).toMatchObject({
      ...{ status: "success", data: "data", error: null },
    });
  });

  it("says no more why, once it has succeeded", async () => {
    const query = shown([fails, succeeds, succeeds]);
    await query.refetch();
    await query.refetch();

    const trying = query.refetch();

    expect(query.getCurrentResult()).toMatchObject({
      ...{ status: "success", fetchStatus: "fetching", error: null },
    });
    await trying;
  });
});

it("a query is asked for the first time without an error", async () => {
  const query = shown([succeeds]);

  const trying = query.refetch();

  expect(query.getCurrentResult()).toMatchObject({ status: "pending", error: null });
  await trying;
});
