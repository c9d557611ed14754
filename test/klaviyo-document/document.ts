import { readFileSync } from "node:fs";
import * as z from "zod";

const schemaSchema = z.record(z.string(), z.unknown());
export type DocumentSchema = z.infer<typeof schemaSchema>;

const parameterSchema = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  schema: schemaSchema.default({}),
});
type Parameter = z.infer<typeof parameterSchema>;

const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema.optional() }));
const responseSchema = z.object({
  $ref: z.string().optional(),
  content: contentSchema.optional(),
});

const operationSchema = z.object({
  operationId: z.string(),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), responseSchema),
  deprecated: z.boolean().optional(),
  "x-klaviyo-ratelimit": z.object({ burst: z.string(), steady: z.string() }).partial().optional(),
  "x-klaviyo-scopes": z.array(z.string()).default([]),
});
type StoredOperation = z.infer<typeof operationSchema>;

const METHODS = ["get", "post", "patch", "put", "delete"] as const;

const documentSchema = z.object({
  info: z.object({ version: z.string() }),
  paths: z.record(
    z.string(),
    z.object(Object.fromEntries(METHODS.map((method) => [method, operationSchema.optional()]))),
  ),
  components: z.object({
    schemas: z.record(z.string(), schemaSchema),
    responses: z.record(z.string(), responseSchema).default({}),
  }),
});

/** One operation of the document, with what its references lead to. */
export interface Operation {
  readonly id: string;
  /** As the document writes it: `/api/lists/{id}`. */
  readonly path: string;
  readonly isDeprecated: boolean;
  readonly parameters: readonly Parameter[];
  /** Undefined where the operation takes no body. */
  readonly body: DocumentSchema | undefined;
  /** Calls a second and a minute; undefined where the document does not say. */
  readonly limits: { readonly burst: number; readonly steady: number } | undefined;
  readonly scopes: readonly string[];
  /** What an answer of this status holds; `undocumented` where the document has no such status. */
  answerOf(status: number): AnswerDescription;
}

type AnswerDescription =
  | { kind: "body"; schema: DocumentSchema }
  | { kind: "empty" }
  | { kind: "undocumented" };

/** An OpenAPI document of Klaviyo's. */
export interface KlaviyoDocument {
  readonly revision: string;
  readonly schemas: Readonly<Record<string, DocumentSchema>>;
  /** The operation that answers a request; undefined where the document has none. */
  operationOf(method: string, pathname: string): Operation | undefined;
  /** Follows a schema's reference, and its reference, to what is meant. */
  resolve(schema: DocumentSchema): DocumentSchema;
}

/** Reads a document from a file. Throws what is wrong with it. */
export function readDocument(file: string): KlaviyoDocument {
  return openDocument(JSON.parse(readFileSync(file, "utf8")));
}

export function openDocument(content: unknown): KlaviyoDocument {
  const document = documentSchema.parse(content);
  const { schemas, responses } = document.components;

  // Where a path is written out it goes before one that has a parameter in its place.
  const paths = Object.keys(document.paths).sort(
    (a, b) => placeholders(a) - placeholders(b) || a.localeCompare(b),
  );

  function resolve(schema: DocumentSchema): DocumentSchema {
    const reference = schema["$ref"];
    if (typeof reference !== "string") {
      return schema;
    }
    const name = nameIn(reference, "#/components/schemas/");
    const found = schemas[name];
    if (found === undefined) {
      throw new Error(`The document has no schema ${name}.`);
    }
    return resolve(found);
  }

  function answerOf(operation: StoredOperation, status: number): AnswerDescription {
    const stored =
      operation.responses[String(status)] ??
      operation.responses[`${String(status)[0] ?? ""}XX`] ??
      operation.responses["default"];
    if (stored === undefined) {
      return { kind: "undocumented" };
    }
    const response =
      stored.$ref === undefined
        ? stored
        : responses[nameIn(stored.$ref, "#/components/responses/")];
    const schema = bodyOf(response?.content);
    return schema === undefined ? { kind: "empty" } : { kind: "body", schema };
  }

  return {
    revision: document.info.version,
    schemas,
    resolve,
    operationOf(method, pathname) {
      const wanted = withoutLastSlash(pathname);
      for (const path of paths) {
        const operation = document.paths[path]?.[method.toLowerCase()];
        if (operation !== undefined && matches(withoutLastSlash(path), wanted)) {
          return {
            id: operation.operationId,
            path,
            isDeprecated: operation.deprecated ?? false,
            parameters: operation.parameters,
            body: bodyOf(operation.requestBody?.content),
            limits: limitsOf(operation),
            scopes: operation["x-klaviyo-scopes"],
            answerOf: (status) => answerOf(operation, status),
          };
        }
      }
      return undefined;
    },
  };
}

function bodyOf(content: z.infer<typeof contentSchema> | undefined): DocumentSchema | undefined {
  return Object.values(content ?? {})[0]?.schema;
}

function limitsOf(operation: StoredOperation): Operation["limits"] {
  const written = operation["x-klaviyo-ratelimit"];
  const burst = Number.parseInt(written?.burst ?? "", 10);
  const steady = Number.parseInt(written?.steady ?? "", 10);
  return Number.isNaN(burst) || Number.isNaN(steady) ? undefined : { burst, steady };
}

function nameIn(reference: string, prefix: string): string {
  if (!reference.startsWith(prefix)) {
    throw new Error(`The document refers to ${reference}, which is not below ${prefix}.`);
  }
  return reference.slice(prefix.length);
}

function placeholders(path: string): number {
  return path.split("{").length - 1;
}

function matches(path: string, pathname: string): boolean {
  const parts = path.split("/");
  const given = pathname.split("/");
  return (
    parts.length === given.length &&
    parts.every((part, index) => /^\{.*\}$/.test(part) || part === given[index])
  );
}

function withoutLastSlash(path: string): string {
  return path.replace(/\/$/, "");
}
