import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { compareCalls } from "../../klaviyo-document/compare-calls";
import { openDocument } from "../../klaviyo-document/document";
import { ourCalls, type OurCall } from "../../klaviyo-document/our-calls";
import { createValidator, type Exchange } from "../../klaviyo-document/validator";

const JSON_API = "application/vnd.api+json";
const text = { type: "string" };

/** A document with two operations on things, as an OpenAPI document of Klaviyo's is written. */
function aDocument(overrides: { get?: object; post?: object; thing?: object } = {}) {
  const thing = {
    type: "object",
    required: ["data"],
    properties: {
      data: {
        type: "object",
        required: ["id"],
        properties: {
          id: text,
          attributes: {
            type: "object",
            properties: {
              name: { ...text, nullable: true },
              state: { ...text, enum: ["new", "done"] },
              count: { type: "integer" },
            },
          },
        },
      },
    },
    ...overrides.thing,
  };
  const answer = {
    description: "",
    content: { [JSON_API]: { schema: { $ref: "#/components/schemas/Thing" } } },
  };
  return openDocument({
    openapi: "3.0.2",
    info: { version: "2027-01-15" },
    paths: {
      "/api/things/{id}": {
        get: {
          operationId: "get_thing",
          parameters: [
            {
              name: "fields[thing]",
              in: "query",
              schema: { type: "array", items: { ...text, enum: ["name", "state"] } },
            },
            { name: "page[size]", in: "query", schema: { type: "integer", maximum: 100 } },
          ],
          responses: { "200": answer, "4XX": { $ref: "#/components/responses/ClientError" } },
          "x-klaviyo-ratelimit": { burst: "10/s", steady: "150/m" },
          "x-klaviyo-scopes": ["lists:read"],
          ...overrides.get,
        },
      },
      "/api/things": {
        post: {
          operationId: "create_thing",
          requestBody: {
            content: { [JSON_API]: { schema: { $ref: "#/components/schemas/Thing" } } },
          },
          responses: { "201": answer },
          ...overrides.post,
        },
      },
    },
    components: {
      schemas: { Thing: thing },
      responses: {
        ClientError: {
          description: "",
          content: { [JSON_API]: { schema: { type: "object", required: ["errors"] } } },
        },
      },
    },
  });
}

const readThing = z.object({
  data: z.object({
    id: z.string(),
    attributes: z.object({ name: z.string().nullish(), state: z.enum(["new", "done"]) }),
  }),
});

function aCall(overrides: Partial<OurCall> = {}): OurCall {
  return {
    name: "getThing",
    method: "GET",
    path: "/api/things/7?fields%5Bthing%5D=name%2Cstate",
    body: undefined,
    answer: readThing,
    limits: { burst: 10, steady: 150 },
    ...overrides,
  };
}

const created = { data: { id: "7", attributes: { name: null, state: "new" } } };
const aCreation = (body: object): OurCall =>
  aCall({ name: "createThing", method: "POST", path: "/api/things", body: JSON.stringify(body) });

function differences(call: OurCall, document = aDocument()): string[] {
  return compareCalls(document, createValidator(document), [call]).map(
    ({ place, text: what }) => `${place} ${what}`,
  );
}

describe("a call is compared with a newer document", () => {
  test("nothing differs where the document has all that is asked and read", () => {
    expect(differences(aCall())).toEqual([]);
    expect(differences(aCreation(created))).toEqual([]);
  });

  test.each([
    ["an operation that is gone", aCall({ path: "/api/things/7/parts" }), {}, /no such operation/],
    ["another method", aCall({ method: "DELETE" }), {}, /no such operation/],
    ["a deprecated operation", aCall(), { get: { deprecated: true } }, /deprecated/],
    [
      "a parameter that is gone",
      aCall({ path: "/api/things/7?sort=name" }),
      {},
      /sort .*no such parameter/,
    ],
    [
      "a value that a parameter does not take",
      aCall({ path: "/api/things/7?fields[thing]=size" }),
      {},
      /fields\[thing\]\/0 .*allowed values/,
    ],
    [
      "a page that is too large",
      aCall({ path: "/api/things/7?page[size]=101" }),
      {},
      /page\[size\] .*<= 100/,
    ],
    [
      "a parameter that is required now",
      aCall(),
      {
        get: {
          parameters: [
            { name: "filter", in: "query", required: true, schema: text },
            { name: "fields[thing]", in: "query", schema: {} },
          ],
        },
      },
      /filter .*required/,
    ],
    [
      "a member of the body that is gone",
      aCreation({ data: { ...created.data, colour: "red" } }),
      {},
      /colour/,
    ],
    [
      "a member of the body that is required now",
      aCreation({ data: { attributes: {} } }),
      {},
      /required property 'id'/,
    ],
    [
      "a lower limit",
      aCall(),
      { get: { "x-klaviyo-ratelimit": { burst: "3/s", steady: "60/m" } } },
      /burst the document allows 3/,
    ],
    [
      "a scope that nobody was asked for",
      aCall(),
      { get: { "x-klaviyo-scopes": ["things:read"] } },
      /things:read/,
    ],
    [
      "a member of the answer that is gone",
      aCall({ answer: z.object({ data: z.object({ size: z.number() }) }) }),
      {},
      /answer\/data\/size .*does not have it/,
    ],
    [
      "a member of the answer in another type",
      aCall({
        answer: z.object({ data: z.object({ attributes: z.object({ count: z.string() }) }) }),
      }),
      {},
      /count the document says integer, string is read/,
    ],
    [
      "a state that is not known",
      aCall({
        answer: z.object({ data: z.object({ attributes: z.object({ state: z.enum(["new"]) }) }) }),
      }),
      {},
      /state the document also has done/,
    ],
  ])("%s is told", (_what, call, overrides, expected) => {
    const found = differences(call, aDocument(overrides));
    expect(found).not.toEqual([]);
    expect(found.join("\n")).toMatch(expected);
  });

  test("every call of the adapter is compared", async () => {
    const names = (await ourCalls()).map(({ name }) => name);
    expect(names).toContain("createImportJob");
    // Each scope is tried by a call of its own.
    expect(names.filter((name) => name.startsWith("checkKey"))).toHaveLength(5);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("what went over the wire is held against the document", () => {
  const validator = createValidator(aDocument());
  const anExchange = (overrides: Partial<Exchange>): Exchange => ({
    method: "GET",
    target: "/api/things/7",
    requestBody: "",
    revision: "2027-01-15",
    status: 200,
    answerBody: JSON.stringify(created),
    ...overrides,
  });

  test("what fits has no finding, and members that an answer has besides are no finding", () => {
    const answerBody = JSON.stringify({ ...created, meta: {} });
    expect(validator.request(anExchange({}))).toEqual([]);
    expect(validator.answer(anExchange({ answerBody }))).toEqual([]);
  });

  test.each([
    ["a status that the document has not", { status: 302 }, /no such status/],
    ["an error without errors", { status: 404, answerBody: "{}" }, /'errors'/],
    ["an answer that is no JSON", { answerBody: "<html>" }, /is not JSON/],
    [
      "a value that is null and must not be",
      { answerBody: '{"data":{"id":null}}' },
      /must be string/,
    ],
  ])("%s is told", (_what, overrides, expected) => {
    expect(
      validator
        .answer(anExchange(overrides))
        .map(({ text: what }) => what)
        .join(),
    ).toMatch(expected);
  });

  test("another revision and a body where none is taken are told", () => {
    const found = validator.request(anExchange({ revision: "2026-07-15", requestBody: "{}" }));
    expect(found.map(({ text: what }) => what)).toEqual([
      expect.stringContaining("revision 2026-07-15"),
      expect.stringContaining("takes no body"),
    ]);
  });
});
