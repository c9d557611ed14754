import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { DocumentSchema, KlaviyoDocument, Operation } from "./document";

/** One thing that the document does not allow. */
export interface Finding {
  /** Where: `createList GET 200 body/data/id`. */
  readonly place: string;
  readonly text: string;
}

/** One request and its answer, as they went over the wire. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly requestBody: string;
  readonly revision: string | undefined;
  readonly status: number;
  readonly answerBody: string;
}

/** Holds exchanges against the document. */
export interface Validator {
  /** What is wrong with a request: its path, its query, its revision, its body. Members that are not named count. */
  request(exchange: Exchange): readonly Finding[];
  /** What is wrong with an answer. Members that are not named don't count: Klaviyo adds some. */
  answer(exchange: Exchange): readonly Finding[];
}

export function createValidator(document: KlaviyoDocument): Validator {
  const strict = new Schemas(document, { closed: true });
  const open = new Schemas(document, { closed: false });

  const operationOf = ({ method, target }: Exchange): Operation | undefined =>
    document.operationOf(method, new URL(target, "http://klaviyo").pathname);

  return {
    request(exchange) {
      const operation = operationOf(exchange);
      const name = `${exchange.method} ${operation?.path ?? exchange.target}`;
      if (operation === undefined) {
        return [{ place: name, text: "the document has no such operation" }];
      }
      const found: Finding[] = [];
      if (operation.isDeprecated) {
        found.push({ place: name, text: "the operation is deprecated" });
      }
      if (exchange.revision !== document.revision) {
        const text = `revision ${exchange.revision ?? "none"} is not the document's`;
        found.push({ place: name, text });
      }
      found.push(...queryFindings(name, exchange, operation, open));
      if (operation.body === undefined) {
        if (exchange.requestBody !== "") {
          found.push({ place: name, text: "the operation takes no body" });
        }
      } else {
        found.push(...strict.findings(`${name} body`, operation.body, exchange.requestBody));
      }
      return found;
    },

    answer(exchange) {
      const operation = operationOf(exchange);
      if (operation === undefined) {
        return [];
      }
      const place = `${exchange.method} ${operation.path} ${exchange.status}`;
      const described = operation.answerOf(exchange.status);
      switch (described.kind) {
        case "undocumented":
          return [{ place, text: "the document has no such status" }];
        case "empty":
          return exchange.answerBody === "" ? [] : [{ place, text: "the answer has a body" }];
        case "body":
          return open.findings(place, described.schema, exchange.answerBody);
      }
    },
  };
}

function queryFindings(
  name: string,
  { target }: Exchange,
  { parameters }: Operation,
  schemas: Schemas,
): Finding[] {
  const given = new URL(target, "http://klaviyo").searchParams;
  const known = parameters.filter(({ in: place }) => place === "query");
  const unknown = [...given.keys()].filter((key) => known.every((one) => one.name !== key));
  return [
    ...unknown.map((key) => ({
      place: `${name} ${key}`,
      text: "the document has no such parameter",
    })),
    ...known.flatMap((parameter) => {
      const value = given.get(parameter.name);
      if (value === null) {
        return parameter.required
          ? [{ place: `${name} ${parameter.name}`, text: "the parameter is required" }]
          : [];
      }
      const typed = typedAs(parameter.schema, value);
      return schemas.findingsOf(`${name} ${parameter.name}`, parameter.schema, typed);
    }),
  ];
}

/** A parameter's text as the value that its schema describes: lists are written with commas. */
function typedAs(schema: DocumentSchema, text: string): unknown {
  switch (schema["type"]) {
    case "array":
      return text.split(",");
    case "integer":
    case "number":
      return Number(text);
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    default:
      return text;
  }
}

/** Compiled schemas of the document. */
class Schemas {
  private readonly ajv: Ajv;
  private readonly compiled = new Map<DocumentSchema, ValidateFunction>();

  constructor(
    document: KlaviyoDocument,
    private readonly options: { readonly closed: boolean },
  ) {
    // The document's own words (x-…, example) are no JSON Schema.
    this.ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(this.ajv);
    for (const [name, schema] of Object.entries(document.schemas)) {
      this.ajv.addSchema(this.converted(schema), `/schemas/${name}`);
    }
  }

  findings(place: string, schema: DocumentSchema, text: string): Finding[] {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return [{ place, text: "is not JSON" }];
    }
    return this.findingsOf(place, schema, value);
  }

  findingsOf(place: string, schema: DocumentSchema, value: unknown): Finding[] {
    let validate = this.compiled.get(schema);
    if (validate === undefined) {
      validate = this.ajv.compile(this.converted(schema));
      this.compiled.set(schema, validate);
    }
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message, params }) => ({
          place: `${place}${instancePath.replace(/\/\d+(?=\/|$)/g, "/0")}`,
          text: `${message ?? "is not valid"} ${JSON.stringify(params)}`,
        }));
  }

  /** OpenAPI 3.0 as JSON Schema: references lead to the document's schemas, `nullable` allows null. */
  private converted(schema: unknown): DocumentSchema {
    const change = (value: unknown): unknown => {
      if (Array.isArray(value)) {
        return value.map(change);
      }
      if (typeof value !== "object" || value === null) {
        return value;
      }
      const members: [string, unknown][] = Object.entries(value);
      const reference = members.find(([key]) => key === "$ref")?.[1];
      if (typeof reference === "string") {
        return { $ref: reference.replace("#/components/schemas/", "/schemas/") };
      }
      const { nullable, ...rest } = Object.fromEntries(
        members.map(([key, member]) => [key, change(member)]),
      );
      const isClosed =
        this.options.closed &&
        rest["type"] === "object" &&
        rest["properties"] !== undefined &&
        rest["additionalProperties"] === undefined;
      const closed = isClosed ? { ...rest, additionalProperties: false } : rest;
      return nullable === true ? { anyOf: [{ type: "null" }, closed] } : closed;
    };
    const converted = change(schema);
    return typeof converted === "object" && converted !== null ? { ...converted } : {};
  }
}
