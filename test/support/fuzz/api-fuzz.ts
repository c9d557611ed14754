import { expect } from "@jest/globals";
import fc from "fast-check";
import { createLog } from "../../../shared/observability/logger";
import { problemCatalogue } from "../../../shared/domain/problems/problem";
import { apiRoutes } from "../../../shared/config/api-routes";
import type { ApiEvent } from "../../../functions/middleware/api-event";
import { readCaller } from "../../../functions/middleware/caller";
import { anApi, tokens, type ApiState } from "../api";
import { aConnection, anExport } from "../builders";
import { hostileRequests } from "./hostile-requests";

/** What the tests look for in answers and logs. */
const keyLike = /pk_[a-z0-9]/i;

/** A connection that is not shared, and what only administrators may see of it, or of any connection. */
const hidden = {
  displayName: "Not for contributors",
  account: { id: "HiDdEn", organizationName: "Hidden organisation" },
};
export const hiddenConnection = aConnection({
  ...hidden,
  connectionId: "private-1",
  sharing: "administrators",
  secretArn: "arn:aws:secretsmanager:eu-central-1:000000000000:secret:test/private-1",
});
export const hiddenExport = anExport({ exportId: "export-2", connectionId: "private-1" });
const forAdministrators = [
  ...[hidden.displayName, hidden.account.id, hidden.account.organizationName],
  ...['"consent":', '"account":', '"actor":', '"before":', "secretArn"],
];

/** How many requests a fuzz test sends: FUZZ_REQUESTS, else so many as an ordinary run has time for. */
export function fuzzRequests(ordinary: number): number {
  return Number(process.env["FUZZ_REQUESTS"] ?? ordinary);
}

export interface FuzzOptions {
  readonly requests: number;
  /** What the log has written so far. */
  readonly logged: readonly string[];
  /** The state of the API for a request. */
  readonly state: (request: number) => Promise<ApiState>;
}

/** The caller's role, as far as the token gives one. */
function roleOf(event: ApiEvent): string | undefined {
  try {
    return readCaller(event, tokens).role;
  } catch {
    return undefined;
  }
}

/**
 * Sends so many hostile requests to the API and checks what always holds of an answer. Returns how often
 * each status was seen.
 */
export async function fuzzApi(options: FuzzOptions): Promise<Record<string, number>> {
  const log = createLog({ service: "api", stage: "test", level: "INFO" });
  const functions = new Map<string, (typeof apiRoutes)[number]["function"]>(
    apiRoutes.map((route) => [`${route.method} ${route.path}`, route.function]),
  );
  const statuses: Record<string, number> = {};
  let requests = 0;

  await fc.assert(
    fc.asyncProperty(hostileRequests, async (event) => {
      const { stores, ...state } = await options.state(requests);
      const api = anApi({ ...state, stores: { ...stores, log } });
      requests += 1;
      const before = options.logged.length;
      const answer = await api.send(event, functions.get(event.routeKey));
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;

      expect(answer.status).toBeGreaterThanOrEqual(200);
      expect(answer.status).toBeLessThan(500);
      if (answer.status >= 400) {
        expect(answer.headers["content-type"]).toBe("application/problem+json");
        expect(answer.body).toMatchObject({ status: answer.status, requestId: "request-1" });
        expect(Object.keys(problemCatalogue)).toContain(answer.body.code);
        if (answer.body.code === "invalidRequest") {
          expect(answer.body.field).toMatch(/^(\/|$)/);
        }
      }
      expect(answer.text).not.toMatch(keyLike);
      expect(answer.text).not.toContain(":secret:test/");
      // The API's description is the same for everybody.
      const aboutData = event.routeKey !== "GET /openapi.json";
      if (aboutData && roleOf(event) !== "Administrator" && answer.status < 400) {
        for (const text of forAdministrators) {
          expect(answer.text).not.toContain(text);
        }
      }
      const written = options.logged.slice(before).join("\n");
      expect(written).not.toBe("");
      expect(written).not.toMatch(keyLike);
      expect(written).not.toContain("jane.doe@");
    }),
    { numRuns: options.requests, endOnFailure: true },
  );
  return statuses;
}
