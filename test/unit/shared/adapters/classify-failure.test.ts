import { describe, expect, it } from "@jest/globals";
import { AxiosError } from "axios";
import {
  classifyAnswer,
  classifyException,
  type Answer,
} from "../../../../shared/adapters/klaviyo/classify-failure";

const errors = (...list: object[]) => JSON.stringify({ errors: list });

function anAnswer(overrides: Partial<Answer>): Answer {
  return {
    status: 400,
    contentType: "application/vnd.api+json",
    retryAfter: undefined,
    text: errors({ id: "1", code: "invalid", title: "Invalid input.", detail: "Bad" }),
    ...overrides,
  };
}

describe("what a failed call to Klaviyo means", () => {
  it.each([
    ["a refused key", { status: 401 }, { kind: "keyRefused" }],
    [
      "a missing scope",
      {
        status: 403,
        text: errors({ code: "permission_denied", detail: "missing profiles:write" }),
      },
      { kind: "scopesMissing", detail: "missing profiles:write" },
    ],
    [
      "an account that may not do that, though the key has the scopes",
      {
        status: 403,
        text: errors({ code: "forbidden", detail: "Company is not able to process push tokens" }),
      },
      { kind: "forbidden", code: "forbidden" },
    ],
    [
      "a firewall's page with the status of a missing scope",
      { status: 403, contentType: "text/html", text: "<html>challenge</html>" },
      { kind: "unavailable", reason: "status 403" },
    ],
    ["an id that is not there", { status: 404 }, { kind: "notFound" }],
    [
      "a path that a gateway does not know",
      { status: 404, text: "not found" },
      { kind: "unavailable", reason: "status 404" },
    ],
    [
      "a limit with a time to wait",
      { status: 429, retryAfter: "7" },
      { kind: "throttled", retryAfterMilliseconds: 7_000 },
    ],
    ...["99999999", "1e300", "Infinity", "3601"].map(
      (retryAfter) =>
        [
          `a limit with a time that nobody can wait: ${retryAfter}`,
          { status: 429, retryAfter },
          { kind: "throttled", retryAfterMilliseconds: 3_600_000, isShortened: true },
        ] as const,
    ),
    ...["-5", "0", "1e-300", "0.001", "soon", "", "Wed, 21 Oct 2026 07:28:00 GMT", "NaN"].map(
      (retryAfter) =>
        [
          `a limit with a time that is none: ${retryAfter}`,
          { status: 429, retryAfter },
          { kind: "throttled", retryAfterMilliseconds: 1_000 },
        ] as const,
    ),
    [
      "a limit without a time to wait",
      { status: 429 },
      { kind: "throttled", retryAfterMilliseconds: 1_000 },
    ],
    [
      "a refused profile",
      {
        text: errors({
          code: "invalid",
          detail: "Invalid email address",
          source: { pointer: "/data/attributes/profiles/data/3/attributes/email" },
        }),
      },
      {
        kind: "invalid",
        errors: [
          {
            code: "invalid",
            detail: "Invalid email address",
            pointer: "/data/attributes/profiles/data/3/attributes/email",
          },
        ],
      },
    ],
    ...[500, 502, 503, 504, 520, 524, 527].map(
      (status) =>
        [
          `status ${String(status)}`,
          { status, text: "<html></html>" },
          { kind: "unavailable", reason: `status ${String(status)}` },
        ] as const,
    ),
    ["a redirect", { status: 302 }, { kind: "unavailable", reason: "status 302" }],
  ])("%s", (_name, answer, failure) => {
    expect(classifyAnswer(anAnswer(answer))).toEqual(failure);
  });

  it("a call without an answer may have been acted on", () => {
    expect(classifyException(new AxiosError("reset", "ECONNRESET"))).toEqual({
      kind: "unavailable",
      reason: "ECONNRESET",
    });
  });

  it("a defect of ours is no failure of Klaviyo's", () => {
    expect(() => classifyException(new TypeError("ours"))).toThrow("ours");
  });
});
