import type { ApiRoute } from "../../shared/config/api-routes";
import { presentProblem, problemStatuses } from "../../shared/contract/answers/problem-answer";
import { contractedRoutes } from "../../shared/contract/contract";
import { problemsOf, type RouteContract } from "../../shared/contract/route-contract";
import { problem, type ProblemCode } from "../../shared/domain/problems/problem";
import { exampleParams } from "./document-texts";

/** The names of the statuses that requests are refused with (RFC 9110), as the description refers to them. */
const statusNames: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  410: "Gone",
  412: "PreconditionFailed",
  413: "ContentTooLarge",
  415: "UnsupportedMediaType",
  422: "UnprocessableContent",
  429: "TooManyRequests",
  500: "InternalServerError",
  502: "BadGateway",
  503: "ServiceUnavailable",
};

/** What the gateway refuses by itself: no valid token; too large for it; too many; no answer from behind it. */
const gatewayStatuses: ReadonlySet<number> = new Set([401, 413, 429, 500, 503]);
const gatewayTexts: Readonly<Record<number, string>> = {
  429: "Too many requests in a second; try again.",
  503: "The gateway got no answer in time; try again.",
};
const gatewayMessage = { type: "object", properties: { message: { type: "string" } } } as const;

type CodesByStatus = ReadonlyMap<number, readonly ProblemCode[]>;

/** A response for each status that any request is refused with, and an example of every problem. */
export function problemResponses(problemSchema: object): {
  readonly responses: Record<string, object>;
  readonly examples: Record<string, object>;
} {
  const byStatus = codesByStatus(
    contractedRoutes().flatMap(({ route, contract }) => problemsOf(route, contract)),
  );
  const statuses = [...new Set([...byStatus.keys(), ...Object.keys(gatewayTexts).map(Number)])];
  const examples: Record<string, object> = {};
  const responses = statuses
    .sort((one, other) => one - other)
    .map((status): [string, object] => {
      const codes = byStatus.get(status) ?? [];
      const named = codes.map((code) => ({ code, name: exampleName(code, status) }));
      for (const { code, name } of named) {
        examples[name] = exampleOf(code, status);
      }
      return [
        nameOf(status),
        {
          description: describe(status, codes),
          ...(status === 503
            ? { headers: { "Retry-After": { $ref: "#/components/headers/Retry-After" } } }
            : {}),
          content: {
            ...(codes.length === 0
              ? {}
              : {
                  "application/problem+json": {
                    schema: problemSchema,
                    examples: Object.fromEntries(
                      named.map(({ code, name }) => [
                        code,
                        { $ref: `#/components/examples/${name}` },
                      ]),
                    ),
                  },
                }),
            ...(gatewayStatuses.has(status)
              ? { "application/json": { schema: gatewayMessage } }
              : {}),
          },
        },
      ];
    });
  return { responses: Object.fromEntries(responses), examples };
}

/** How a route refuses: references to the responses above, with the codes that are the route's own. */
export function responsesTo(route: ApiRoute, contract: RouteContract): Record<number, object> {
  const byStatus = codesByStatus(problemsOf(route, contract));
  const statuses = [...new Set([...byStatus.keys(), ...Object.keys(gatewayTexts).map(Number)])];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        $ref: `#/components/responses/${nameOf(status)}`,
        description: describe(status, byStatus.get(status) ?? []),
      },
    ]),
  );
}

function codesByStatus(problems: ReturnType<typeof problemsOf>): CodesByStatus {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const { code, status } of problems) {
    const codes = byStatus.get(status) ?? [];
    byStatus.set(status, codes.includes(code) ? codes : [...codes, code]);
  }
  return byStatus;
}

function describe(status: number, codes: readonly ProblemCode[]): string {
  const ofGateway = gatewayTexts[status];
  return [
    codes.map((code) => `\`${code}\``).join(", "),
    ...(ofGateway === undefined ? [] : [ofGateway]),
  ]
    .filter((text) => text !== "")
    .join("; or: ");
}

function nameOf(status: number): string {
  const name = statusNames[status];
  if (name === undefined) {
    throw new TypeError(`the status ${status} has no name`);
  }
  return name;
}

/** Each problem's example is there once, and once more as what a field of the body is refused with. */
function exampleName(code: ProblemCode, status: number): string {
  return status === problemStatuses[code] ? code : `${code}InField`;
}

function exampleOf(code: ProblemCode, status: number): object {
  const params = Object.fromEntries(
    [...problem(code).message.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [
      name,
      exampleParams[name] ?? "…",
    ]),
  );
  const made = { problem: problem(code, params), field: undefined };
  return { value: presentProblem(made, status, "JKJaXmPLvHcESHA=") };
}
