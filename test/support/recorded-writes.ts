import {
  GetCommand,
  PutCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";

type Item = Readonly<Record<string, unknown>>;

/** What one write made of an item; `before` is absent when it made the item. */
export interface RecordedWrite {
  readonly before?: Item | undefined;
  readonly after: Item;
}

/**
 * A client that adds to `writes` what each write through it made of an item that `concerns` holds for. Writes are made one
 * after the other, so that nobody else's is taken for part of one.
 */
export function recordingWrites(
  client: DynamoDBDocumentClient,
  concerns: (key: Item) => boolean,
  writes: RecordedWrite[],
): DynamoDBDocumentClient {
  let last: Promise<unknown> = Promise.resolve();
  const send = client.send.bind(client) as (command: unknown) => Promise<any>;

  async function recorded(command: UpdateCommand | PutCommand): Promise<unknown> {
    const { TableName, ...input } = command.input;
    const { runId, item } = "Key" in input ? input.Key! : (input as PutCommand["input"]).Item!;
    const look = async (): Promise<Item | undefined> => {
      const Key = { runId, item };
      return (await send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
    };
    const before = await look();
    try {
      return await send(command);
    } finally {
      const after = await look();
      if (after !== undefined && after["writeId"] !== before?.["writeId"]) {
        writes.push({ before, after });
      }
    }
  }

  return new Proxy(client, {
    get(target, name, receiver) {
      if (name !== "send") {
        return Reflect.get(target, name, receiver);
      }
      return (command: unknown) => {
        const key =
          command instanceof UpdateCommand
            ? command.input.Key
            : command instanceof PutCommand
              ? command.input.Item
              : undefined;
        if (key === undefined || !concerns(key)) {
          return send(command);
        }
        const done = last.then(() => recorded(command as UpdateCommand | PutCommand));
        last = done.catch(() => undefined);
        return done;
      };
    },
  });
}
