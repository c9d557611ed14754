import { describe, expect, it } from "@jest/globals";
import { demoObject, describeDemo } from "../../../../infra/local/demo/demo-result";
import type { DemoResult } from "../../../../infra/local/demo/run-demo";
import type { KlaviyoSimulator } from "../../../../infra/local/klaviyo/simulator";

const none = { rows: 0, blank: 0, invalid: 0, duplicates: 0, members: 0 };
const result = {
  run: {
    ...{ runId: "run-1", status: "successful", links: {}, progress: {}, timings: {} },
    numbers: { ...none, unchanged: 0, imported: 0, refused: 0, unsent: 0 },
    removals: { leaving: 0, removed: 0, notFound: 0, unremoved: 0 },
  },
  ...{ emailField: "E-Mail-Adresse", emailFieldSuggested: true, files: 1, seconds: 1 },
  rejections: [],
} as unknown as DemoResult;
const klaviyo = {
  first: { listId: "L" },
  list: () => ({ id: "L", name: "Newsletter", members: 0 }),
  statistics: () => ({ importJobs: 1, throttled: 0 }),
  members: () => [],
} as unknown as KlaviyoSimulator;

describe("the demo's result", () => {
  it("says which field it took for the email address when nobody named one", () => {
    expect(describeDemo(result, klaviyo)).toContain(
      "The email addresses were taken from “E-Mail-Adresse”; --email FIELD names another field.",
    );
    expect(demoObject(result, klaviyo)).toMatchObject({ emailField: "E-Mail-Adresse" });
  });

  it("says nothing of it when somebody did", () => {
    expect(describeDemo({ ...result, emailFieldSuggested: false }, klaviyo)).not.toContain(
      "--email",
    );
  });
});
