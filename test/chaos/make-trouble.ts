import { setTimeout as sleep } from "node:timers/promises";
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import type { ChaosSystem } from "./chaos-system";
import type { RunMessage, Trouble } from "./schedule";
import { ADDRESS_MARK } from "./segment";
import type { Tally } from "./tally";

/** What the troubles of a schedule are made to. */
export interface Target {
  readonly connectionId: string;
  readonly accountId: string;
  readonly apiKey: string;
  readonly runIds: readonly string[];
  readonly exportIds: readonly string[];
}

/** Makes a schedule's troubles when their time has come; ends after the last. */
export async function makeTrouble(
  system: ChaosSystem,
  target: Target,
  troubles: readonly Trouble[],
  tally: Tally,
): Promise<void> {
  const start = Date.now();
  await Promise.all(
    troubles.map(async (trouble) => {
      await sleep(start + trouble.at - Date.now());
      await make(system, target, trouble, tally);
    }),
  );
}

async function make(
  system: ChaosSystem,
  target: Target,
  trouble: Trouble,
  tally: Tally,
): Promise<void> {
  const { queueUrls, laptop } = system;
  switch (trouble.kind) {
    case "kill":
      tally.add("crashes", laptop.environment.functions.kill(system.functionNamed(trouble.worker)));
      return;
    case "message":
      await send(system, queueUrls[trouble.message.step], target, trouble);
      tally.add("copies");
      return;
    case "deadLetter":
      await send(system, queueUrls.deadLetters, target, trouble);
      tally.add("deadLetters");
      return;
    case "lose":
      await lose(system, queueUrls[trouble.step], tally);
      return;
    case "cancel":
      await system.call("POST", `/runs/${String(target.runIds[trouble.run])}/cancel`);
      tally.add("cancels");
      return;
    case "deleteExport":
      await system.call("DELETE", `/exports/${String(target.exportIds[trouble.run])}`);
      tally.add("deletions");
      return;
    case "replaceKey": {
      const { key } = laptop.klaviyo.addKey(target.accountId, {});
      await system.replaceKey(target.connectionId, key);
      laptop.klaviyo.revokeKey(target.apiKey);
      tally.add("keysReplaced");
      return;
    }
  }
}

async function send(
  system: ChaosSystem,
  QueueUrl: string,
  target: Target,
  { run, message }: { run: number; message: RunMessage },
): Promise<void> {
  const { delaySeconds, ...body } = message;
  await system.clients.sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: JSON.stringify({ ...body, runId: target.runIds[run] }),
      MessageGroupId: target.connectionId,
      DelaySeconds: delaySeconds,
    }),
  );
}

/** Looks at what waits on the queue, then loses all that is on it: waiting, delayed or with a worker. */
async function lose(system: ChaosSystem, QueueUrl: string, tally: Tally): Promise<void> {
  const { sqs } = system.clients;
  const { Messages: seen = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  for (const { Body: body = "" } of seen) {
    if (body.includes(ADDRESS_MARK) || body.includes("pk_") || body.includes("@")) {
      tally.leak(body);
    }
  }
  const { Attributes: attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  const counted = [
    attributes.ApproximateNumberOfMessages,
    attributes.ApproximateNumberOfMessagesDelayed,
    attributes.ApproximateNumberOfMessagesNotVisible,
  ].map((count) => Number(count ?? "0"));
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  tally.add(
    "lost",
    counted.reduce((sum, count) => sum + count, 0),
  );
}
