/** What one action of one AWS service was asked: for cost figures at list prices. */
export interface ActionStatistics {
  readonly requests: number;
  /** Bytes of the requests' bodies. */
  readonly requestBytes: number;
}

/** Service (`dynamodb`, `s3`, `sqs`, `secretsmanager`, `scheduler`, `events`, `sns`) to action to count. */
export type RequestStatistics = Record<string, Record<string, ActionStatistics>>;

export interface RequestCounter {
  count(service: string, action: string, requestBytes: number): void;
  statistics(): RequestStatistics;
}

export function createRequestCounter(): RequestCounter {
  const counted: RequestStatistics = {};
  return {
    count: (service, action, requestBytes) => {
      const actions = (counted[service] ??= {});
      const before = actions[action] ?? { requests: 0, requestBytes: 0 };
      actions[action] = {
        requests: before.requests + 1,
        requestBytes: before.requestBytes + requestBytes,
      };
    },
    statistics: () => structuredClone(counted),
  };
}
