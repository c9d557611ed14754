import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { environmentOf } from "../../../../functions/wiring/environment";
import { once } from "../../../../functions/wiring/once";
import { klaviyo } from "../../../../functions/wiring/parts";
import type { JobDefinition } from "../../../../shared/config/function-definition";

const definition = {
  kind: "job",
  label: "count-runs",
  description: "Counts runs",
  memory: 512,
  timeoutSeconds: 30,
  worksOn: "everyMinute",
  needs: ["runs", { need: "work", instead: [], because: "It only names keys." }],
} as const satisfies JobDefinition;

describe("environmentOf", () => {
  const given = process.env;
  beforeEach(() => {
    process.env = {
      STAGE: "dev",
      RUNS_TABLE: "runs",
      RUNS_KEPT_DAYS: "30",
      WORK_BUCKET: "work",
      CONNECTIONS_TABLE: "connections",
    };
  });
  afterEach(() => {
    process.env = given;
  });

  it("reads the variables of a function's needs and those of every function, and no others", () => {
    expect(environmentOf(definition)).toEqual({
      STAGE: "dev",
      LOG_LEVEL: "INFO",
      RUNS_TABLE: "runs",
      RUNS_KEPT_DAYS: "30",
      WORK_BUCKET: "work",
    });
  });

  it("reads the rules for tokens for a function of the API", () => {
    process.env["TOKEN_RULES"] = "{}";
    const api = { ...definition, kind: "api", label: "count-api", needs: [] } as const;
    expect(environmentOf(api)).toEqual({ STAGE: "dev", LOG_LEVEL: "INFO", TOKEN_RULES: "{}" });
  });

  it("names the variable that is missing", () => {
    delete process.env["WORK_BUCKET"];
    expect(() => environmentOf(definition)).toThrow("WORK_BUCKET");
  });
});

describe("the way to Klaviyo", () => {
  const environment = {
    ...{ STAGE: "production", LOG_LEVEL: "INFO" as const, CONNECTIONS_TABLE: "connections" },
    ...{ RATE_LIMITS_TABLE: "limits", SECRET_NAME_PREFIX: "segment-export" },
    KLAVIYO_APP_SECRET: "",
  };

  it.each(["http://a.klaviyo.com", "ftp://a.klaviyo.com", "a.klaviyo.com"])(
    "is not taken outside of the stage local where others could read along: %s",
    (KLAVIYO_BASE_URL) => {
      const make = (STAGE: string) => () =>
        klaviyo({ ...environment, STAGE, KLAVIYO_BASE_URL }, "push-chunks");
      expect(make("production")).toThrow("must be https");
      expect(make("dev")).toThrow("must be https");
      expect(make("local")).not.toThrow();
    },
  );
});

describe("once", () => {
  it("makes a part when it is first asked for, and keeps it", () => {
    let made = 0;
    const part = once(() => {
      made += 1;
      return { made };
    });
    expect(made).toBe(0);
    expect(part()).toBe(part());
    expect(made).toBe(1);
  });

  it("tries again what could not be made", () => {
    let tries = 0;
    const part = once(() => {
      tries += 1;
      if (tries === 1) throw new Error("not yet");
      return tries;
    });
    expect(part).toThrow("not yet");
    expect(part()).toBe(2);
  });
});
