/** What one action of one AWS service was asked: for cost figures at list prices. */
export interface ActionStatistics {
  readonly requests: number;
  /** Requests as SQS, SNS and EventBridge bill them: each 64 KB begun of what is sent or answered is one. */
  readonly units: number;
  /** Bytes of the requests' bodies. */
  readonly requestBytes: number;
  /** Bytes of the answers' bodies, as far as the embedded service tells them (SQS and S3). */
  readonly responseBytes: number;
}

/** Service (`dynamodb`, `s3`, `sqs`, `secretsmanager`, `scheduler`, `events`, `sns`, `apigateway`) to action to count. */
export type RequestStatistics = Record<string, Record<string, ActionStatistics>>;

/** What a DynamoDB table has consumed, in the request units of on-demand capacity. */
interface CapacityStatistics {
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** Table name to units; the writes to a table's indexes are its own. */
export type TableCapacities = Record<string, CapacityStatistics>;

export interface RequestCounter {
  count(service: string, action: string, requestBytes: number): void;
  /** Adds the size of an answer to a request that was counted. */
  answered(service: string, action: string, responseBytes: number): void;
  consumed(table: string, units: Partial<CapacityStatistics>): void;
  statistics(): RequestStatistics;
  capacities(): TableCapacities;
}

const UNIT_BYTES = 64 * 1024;
const none: ActionStatistics = { requests: 0, units: 0, requestBytes: 0, responseBytes: 0 };

export function createRequestCounter(): RequestCounter {
  const counted: RequestStatistics = {};
  const capacities: TableCapacities = {};
  const add = (service: string, action: string, added: Partial<ActionStatistics>): void => {
    const actions = (counted[service] ??= {});
    const before = actions[action] ?? none;
    actions[action] = {
      requests: before.requests + (added.requests ?? 0),
      units: before.units + (added.units ?? 0),
      requestBytes: before.requestBytes + (added.requestBytes ?? 0),
      responseBytes: before.responseBytes + (added.responseBytes ?? 0),
    };
  };
  return {
    count: (service, action, requestBytes) =>
      add(service, action, {
        requests: 1,
        units: Math.max(1, Math.ceil(requestBytes / UNIT_BYTES)),
        requestBytes,
      }),
    answered: (service, action, responseBytes) =>
      add(service, action, {
        // The request itself was the first unit.
        units: Math.max(0, Math.ceil(responseBytes / UNIT_BYTES) - 1),
        responseBytes,
      }),
    consumed: (table, { readUnits = 0, writeUnits = 0 }) => {
      const before = capacities[table] ?? { readUnits: 0, writeUnits: 0 };
      capacities[table] = {
        readUnits: before.readUnits + readUnits,
        writeUnits: before.writeUnits + writeUnits,
      };
    },
    statistics: () => structuredClone(counted),
    capacities: () => structuredClone(capacities),
  };
}
