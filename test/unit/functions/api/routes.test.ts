import { describe, expect, it } from "@jest/globals";
import { apiRoutes } from "../../../../shared/config/api-routes";
import { verifiedToken } from "../../../support/access-token";
import { anApi } from "../../../support/api";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

describe("the routes of the functions", () => {
  const paths = [...new Set(apiRoutes.map(({ path }) => path))];
  const known = new Set<string>(apiRoutes.map((route) => `${route.method} ${route.path}`));
  const functionsByPath = new Map(apiRoutes.map((route) => [route.path, route.function]));
  const all = paths.flatMap((path) => methods.map((method) => ({ method, path })));

  it.each(all)("are those of the list of routes: $method $path", async ({ method, path }) => {
    const api = anApi();
    const token = verifiedToken({ sub: "user-1", "cognito:groups": ["Administrator"] });
    const event = {
      requestContext: {
        requestId: "request-1",
        http: { method, path: path.replace(/\{\w+\}/g, "x") },
        authorizer: token.authorizer,
      },
      version: "2.0",
      routeKey: `${method} ${path}`,
      headers: token.headers,
    };

    const answer = await api.send(event as never, functionsByPath.get(path));

    if (known.has(`${method} ${path}`)) {
      expect(answer.body?.code).not.toBe("routeNotFound");
    } else {
      expect([answer.status, answer.body.code]).toEqual([404, "routeNotFound"]);
    }
  });

  it.each(["connections", "segments", "exports", "runs"])(
    "can be loaded without an environment; %s reads it with the first request",
    async (name) => {
      const { handler } = await import(`../../../../functions/api/${name}/handler`);

      await expect(handler({}, {})).rejects.toMatchObject({ name: "ZodError" });
    },
  );
});
