import * as z from "zod";
import { apiRoutes, type ApiRoute } from "../../shared/config/api-routes";
import { componentSchemas } from "../../shared/contract/components";
import { apiContract } from "../../shared/contract/contract";
import {
  presentProblem,
  problemAnswerSchema,
  problemStatuses,
} from "../../shared/contract/answers/problem-answer";
import { problemsOf, type RouteContract } from "../../shared/contract/route-contract";
import { accessTable } from "../../shared/domain/access/access-table";
import { problem, type ProblemCode } from "../../shared/domain/problems/problem";
import {
  apiIntroduction,
  answerHeaderTexts,
  exampleParams,
  headerParameters,
  tags,
} from "./document-texts";

/** Describes the whole API: OpenAPI 3.1, made from the schemas that requests are validated by. */
export function describeApi(): OpenApiDocument {
  const components = new Components();
  const contracts = new Map<string, RouteContract>(Object.entries(apiContract));
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of apiRoutes) {
    const contract = contracts.get(`${route.method} ${route.path}`);
    if (contract === undefined) {
      throw new TypeError(`${route.method} ${route.path} has no contract`);
    }
    const operations = (paths[route.path] ??= {});
    operations[route.method.toLowerCase()] = describeRoute(components, route, contract);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Klaviyo segment export",
      version: "1",
      description: apiIntroduction,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "Where this description was read from." }],
    security: [{ token: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "Names the caller's groups: Administrator, Contributor, Viewer.",
        },
      },
      headers: answerHeaderTexts,
      schemas: components.schemas,
      examples: components.examples,
    },
  };
}

/** As far as this system looks into it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [part: string]: unknown;
}

type JsonSchema = Record<string, unknown>;

/** JSON schemas of zod schemas; those that have an id are collected, and referred to. */
class Components {
  readonly schemas: Record<string, unknown> = {};
  readonly examples: Record<string, unknown> = {};

  toJsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    // In a wrapper, so that a schema with an id becomes a reference even when it is the whole.
    const { properties, $defs = {} } = z.toJSONSchema(z.object({ schema }), {
      ...{ io, metadata: componentSchemas, unrepresentable: "any" },
      override: ({ zodSchema, jsonSchema }) => {
        const { documentedAs } = componentSchemas.get(zodSchema) ?? {};
        if (documentedAs !== undefined) {
          for (const name of Object.keys(jsonSchema)) {
            Reflect.deleteProperty(jsonSchema, name);
          }
          Object.assign(jsonSchema, documentedAs);
        }
        if (jsonSchema.format !== undefined) {
          delete jsonSchema.pattern;
        }
        if (io === "output") {
          // Answers may grow: a reader takes no notice of what it does not know.
          delete jsonSchema.additionalProperties;
        }
      },
    });
    for (const [id, definition] of Object.entries($defs)) {
      const { id: _id, ...kept } = z.record(z.string(), z.unknown()).parse(inPlace(definition));
      const known = this.schemas[id];
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(kept)) {
        throw new TypeError(`two schemas are called ${id}`);
      }
      this.schemas[id] = kept;
    }
    return z.record(z.string(), z.unknown()).parse(inPlace(properties?.["schema"] ?? {}));
  }
}

/** References that point to where OpenAPI keeps schemas. */
function inPlace(value: unknown): unknown {
  const moved: unknown = JSON.parse(
    JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'),
  );
  return moved;
}

function describeRoute(
  components: Components,
  { method, path, action }: ApiRoute,
  contract: RouteContract,
): object {
  const { summary, description, answer, bodyExample } = contract;
  const takesBody = !(contract.body instanceof z.ZodUndefined);
  const roles = Object.entries(accessTable[action]).flatMap(([role, access]) =>
    access === "none" ? [] : [access === "shared" ? `${role} on a shared connection` : role],
  );
  return {
    operationId: action,
    tags: [tagOf(path)],
    summary,
    description: [description, `For: ${roles.join(", ")}.`].filter(Boolean).join("\n\n"),
    parameters: [
      ...parametersIn(components, "path", contract.path),
      ...parametersIn(components, "query", contract.query),
      ...(contract.conditional === true ? [headerParameters.ifMatch] : []),
      ...(contract.idempotent === true ? [headerParameters.idempotencyKey] : []),
    ],
    ...(takesBody
      ? {
          requestBody: {
            required: !contract.body.safeParse(undefined).success,
            content: {
              "application/json": {
                schema: components.toJsonSchema(contract.body, "input"),
                example: bodyExample,
              },
            },
          },
        }
      : {}),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...answerHeaders(contract, method),
        ...(answer.schema === undefined
          ? {}
          : {
              content: {
                "application/json": {
                  schema: components.toJsonSchema(answer.schema, "output"),
                  example: answer.example,
                },
              },
            }),
      },
      ...problemResponses(components, contract),
    },
  };
}

function answerHeaders({ answer }: RouteContract, method: string): object {
  const named = {
    ...(answer.etag === true ? { ETag: { $ref: "#/components/headers/ETag" } } : {}),
    ...(method === "POST" && (answer.status === 201 || answer.status === 202)
      ? { Location: { $ref: "#/components/headers/Location" } }
      : {}),
  };
  return Object.keys(named).length === 0 ? {} : { headers: named };
}

function parametersIn(
  components: Components,
  place: "path" | "query",
  schema: z.ZodType,
): readonly object[] {
  const { properties = {}, required = [] } = z
    .object({
      properties: z.record(z.string(), z.unknown()).optional(),
      required: z.array(z.string()).optional(),
    })
    .parse(components.toJsonSchema(schema, "input"));
  return Object.entries(properties).map(([name, described]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: described,
  }));
}

function problemResponses(
  components: Components,
  contract: RouteContract,
): Record<number, unknown> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const { code, status } of problemsOf(contract)) {
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const schema = components.toJsonSchema(problemAnswerSchema, "output");
  const fromGateway = { "application/json": { schema: gatewayMessage } };
  const responses = [...byStatus]
    .sort(([left], [right]) => left - right)
    .map(([status, codes]): [number, object] => [
      status,
      {
        description: codes.map((code) => `\`${code}\``).join(", "),
        content: {
          "application/problem+json": {
            schema,
            examples: problemExamples(components, codes, status),
          },
          ...(gatewayStatuses.has(status) ? fromGateway : {}),
        },
      },
    ]);
  return {
    429: { description: "Too many requests in a second; try again.", content: fromGateway },
    503: { description: "The gateway got no answer in time; try again.", content: fromGateway },
    ...Object.fromEntries(responses),
  };
}

/** What the gateway refuses by itself: no valid token; too large for it; no answer from behind it. */
const gatewayStatuses: ReadonlySet<number> = new Set([401, 413, 500, 503]);
const gatewayMessage = { type: "object", properties: { message: { type: "string" } } } as const;

/** Each problem's example is there once, and once more as what a field of the body is refused with. */
function problemExamples(
  components: Components,
  codes: readonly ProblemCode[],
  status: number,
): object {
  return Object.fromEntries(
    codes.map((code) => {
      const params = Object.fromEntries(
        [...problem(code).message.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [
          name,
          exampleParams[name] ?? "…",
        ]),
      );
      const name = status === problemStatuses[code] ? code : `${code}InField`;
      const made = { problem: problem(code, params), field: undefined };
      components.examples[name] = { value: presentProblem(made, status, "JKJaXmPLvHcESHA=") };
      return [code, { $ref: `#/components/examples/${name}` }];
    }),
  );
}

function tagOf(path: string): string {
  const [, first = ""] = path.split("/");
  if (first === "openapi.json") {
    return "description";
  }
  return first === "export-schedules" || path.endsWith("/schedule") ? "schedule" : first;
}
