import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { createAuditLog } from "../../../../shared/adapters/aws/dynamodb/audit-log";
import { createConnectionStore } from "../../../../shared/adapters/aws/dynamodb/connections/connection-store";
import { createExportStore } from "../../../../shared/adapters/aws/dynamodb/export-store";
import { createRunStore } from "../../../../shared/adapters/aws/dynamodb/runs/run-store";
import {
  fuzzApi,
  fuzzRequests,
  hiddenConnection,
  hiddenExport,
} from "../../../support/fuzz/api-fuzz";
import { aConnection, anExport, aRun } from "../../../support/builders";
import { fakeIds } from "../../../support/fakes/clock-and-ids";
import { useDynamoDb } from "../backends";

const dynamoDb = useDynamoDb();
const logged: string[] = [];

beforeAll(() => {
  process.env["POWERTOOLS_DEV"] = "true";
  for (const method of ["info", "warn", "error"] as const) {
    jest.spyOn(console, method).mockImplementation((line: unknown) => {
      logged.push(String(line));
    });
  }
});
afterAll(() => {
  delete process.env["POWERTOOLS_DEV"];
  jest.restoreAllMocks();
});

describe("hostile requests to the API on DynamoDB", () => {
  it("bring no text that the tables refuse, as key, value or cursor", async () => {
    const client = dynamoDb.client();
    const connections = createConnectionStore(client, await dynamoDb.makeTable("connections"));
    const exports = createExportStore(client, await dynamoDb.makeTable("exports"));
    const runs = createRunStore(client, await dynamoDb.makeTable("runs"), 90);
    const audit = createAuditLog(client, await dynamoDb.makeTable("audit"));
    const ids = fakeIds();
    const restore = async () => {
      // Requests delete what they can; what they left is there already.
      await connections.create(aConnection()).catch(() => undefined);
      await connections.create(hiddenConnection).catch(() => undefined);
      await exports.create(anExport()).catch(() => undefined);
      await exports.create(hiddenExport).catch(() => undefined);
      await runs.create(aRun()).catch(() => undefined);
    };

    const statuses = await fuzzApi({
      requests: fuzzRequests(600),
      logged,
      state: async (request) => {
        if (request % 20 === 0) {
          await restore();
        }
        return { stores: { connections, exports, runs, audit, ids } };
      },
    });

    for (const status of [200, 201, 400, 404]) {
      expect(statuses[status]).toBeGreaterThan(0);
    }
  });
});
