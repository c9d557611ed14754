import { describe, expect, it } from "@jest/globals";
import * as z from "zod";
import {
  routeHandler,
  type Operation,
  type Operations,
} from "../../../../functions/middleware/operation";
import { apiRoutes } from "../../../../shared/config/api-routes";
import { noAnswer, noBody, noParameters } from "../../../../shared/contract/request-parts";
import { routeContract, versionOf } from "../../../../shared/contract/route-contract";
import type { runsContract } from "../../../../shared/contract/runs/runs";

const [route] = apiRoutes;
const taking = { path: z.strictObject({ id: z.string() }), query: noParameters, body: noBody };
const making = routeContract({
  ...{ ...taking, summary: "Make", problems: [] },
  answer: {
    ...{ status: 201, description: "The thing." },
    schema: z.object({ name: z.string(), version: z.number(), parts: z.array(z.string()) }),
    location: ({ name }, { id }) => `/things/${id}/${name}`,
    etag: versionOf,
  },
});
const removing = routeContract({
  ...{ ...taking, summary: "Remove", problems: [] },
  answer: { status: 204, description: "Gone.", schema: noAnswer },
});
const event = { headers: {}, pathParameters: { id: "7" } } as never;
const thing = { name: "a", version: 3, parts: ["b"] };

describe("an operation's answer", () => {
  it("has its status, Location and ETag from the contract", async () => {
    expect(await routeHandler(route, making, async () => thing)(event)).toEqual({
      statusCode: 201,
      headers: { "content-type": "application/json", location: "/things/7/a", etag: '"3"' },
      body: JSON.stringify(thing),
    });
  });

  it("has no body where the contract knows of none", async () => {
    expect(await routeHandler(route, removing, async () => {})(event)).toEqual({
      statusCode: 204,
    });
  });

  it("holds nothing that the contract does not know of", async () => {
    const more = { ...thing, secret: "s" };
    const { body } = await routeHandler(route, making, async () => more)(event);
    expect(body).toBe(JSON.stringify(thing));
  });

  it("is refused when it is not what the contract promises", async () => {
    const less = JSON.parse('{"name":"a"}');
    await expect(routeHandler(route, making, async () => less)(event)).rejects.toThrow("version");
  });

  it("does not compile when it is of another type, or when a route has none", () => {
    const wrong = [
      // @ts-expect-error A part of the answer is missing.
      (async () => ({ name: "a", version: 3 })) satisfies Operation<typeof making>,
      // @ts-expect-error A part of the answer is of another type.
      (async () => ({ ...thing, version: "3" })) satisfies Operation<typeof making>,
      // @ts-expect-error There is an answer where there is to be none.
      (async () => thing) satisfies Operation<typeof removing>,
      // @ts-expect-error Routes are missing.
      {} satisfies Operations<typeof runsContract>,
    ];
    expect(wrong).toHaveLength(4);
  });
});
