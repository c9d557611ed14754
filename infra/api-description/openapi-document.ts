import * as z from "zod";
import { componentSchemas } from "../../shared/contract/components";
import { problemAnswerSchema } from "../../shared/contract/answers/problem-answer";
import { contractedRoutes, type ContractedRoute } from "../../shared/contract/contract";
import type { AnswerContract } from "../../shared/contract/route-contract";
import { accessTable } from "../../shared/domain/access/access-table";
import { apiIntroduction, answerHeaderTexts, headerParameters, tags } from "./document-texts";
import { problemResponses, responsesTo } from "./problem-responses";

/** Describes the whole API: OpenAPI 3.1, made from the schemas that requests are validated by. */
export function describeApi(): OpenApiDocument {
  const components = new Components();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const contracted of contractedRoutes()) {
    const { method, path } = contracted.route;
    const operations = (paths[path] ??= {});
    operations[method.toLowerCase()] = describeRoute(components, contracted);
  }
  const { responses, examples } = problemResponses(
    components.toJsonSchema(problemAnswerSchema, "output"),
  );
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
      responses,
      examples,
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

  toJsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    // In a wrapper, so that a schema with an id becomes a reference even when it is the whole.
    const { properties, $defs = {} } = z.toJSONSchema(z.object({ schema }), {
      ...{ io, metadata: componentSchemas, unrepresentable: "any" },
      override: ({ zodSchema, jsonSchema }) => {
        const { description } = z.globalRegistry.get(zodSchema) ?? {};
        if (description !== undefined) {
          jsonSchema.description ??= sentence(description);
        }
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

/** What schemas are described as begins with a small letter, as the texts of a command line do. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** References that point to where OpenAPI keeps schemas. */
function inPlace(value: unknown): unknown {
  const moved: unknown = JSON.parse(
    JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'),
  );
  return moved;
}

function describeRoute(components: Components, { route, contract }: ContractedRoute): object {
  const { path, action } = route;
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
      ...("conditional" in route ? [headerParameters.ifMatch] : []),
      ...("idempotent" in route ? [headerParameters.idempotencyKey] : []),
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
        ...answerHeaders(answer),
        ...(answer.schema instanceof z.ZodVoid
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
      ...responsesTo(route, contract),
    },
  };
}

function answerHeaders({ etag, location }: AnswerContract): object {
  const headers = {
    ...(etag === undefined ? {} : { ETag: { $ref: "#/components/headers/ETag" } }),
    ...(location === undefined ? {} : { Location: { $ref: "#/components/headers/Location" } }),
  };
  return Object.keys(headers).length === 0 ? {} : { headers };
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

function tagOf(path: string): string {
  const [, first = ""] = path.split("/");
  if (first === "openapi.json") {
    return "description";
  }
  return first === "export-schedules" || path.endsWith("/schedule") ? "schedule" : first;
}
