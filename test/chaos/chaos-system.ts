import { PurgeQueueCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { clientConfiguration } from "../../infra/local/provisioning/aws-clients";
import { startSystem, type System } from "../support/system";
import { ADDRESS_MARK } from "./segment";
import { STEPS } from "./schedule";

type Step = (typeof STEPS)[number];

/** A system that is quick to try again and quick to take others for dead. */
export interface ChaosSystem extends System {
  readonly queueUrls: Readonly<Record<Step | "deadLetters", string>>;
  functionNamed(part: string): string;
  /** Loses all that is on the steps' queues and their dead-letter queues. */
  purgeQueues(): Promise<void>;
  /** Replaces a connection's key where it is kept. */
  replaceKey(connectionId: string, apiKey: string): Promise<void>;
  /** Log lines so far that give away an address or a key. */
  readonly leaks: readonly string[];
  /** Messages so far that were delivered again. */
  redeliveries(): number;
}

/** Seconds after which a message comes back whose worker was killed. */
const VISIBILITY_SECONDS = { prepare: 5, push: 4, confirm: 4, settle: 5, deadLetters: 4 } as const;

export async function startChaosSystem(): Promise<ChaosSystem> {
  const system = await startSystem({
    environmentOverrides: {
      TUNING_LEASE_SECONDS: "3",
      TUNING_LONGEST_RETRY_SECONDS: "1",
      TUNING_ATTEMPTS: "12",
      TUNING_STILL_AFTER_SECONDS: "4",
      TUNING_CHUNK_PROFILES: "5",
      TUNING_REHEARSAL_MEMBERS: "1",
    },
    klaviyo: { processingTime: { queued: 60, fixed: 60, perProfile: 1 } },
    // Few processes, since each crash costs a start.
    maximumConcurrency: 3,
    // Trouble of AWS is waited out with pauses of minutes.
    messageDelayFactor: 0.1,
    onProblem: () => undefined,
  });
  const { environment } = system.laptop;
  const { resources, functions } = environment;
  const urlOf = (queue: string) => resources.find("AWS::SQS::Queue", queue).ref;
  const queueUrls = {
    prepare: urlOf("prepareQueue/Queue"),
    push: urlOf("pushQueue/Queue"),
    confirm: urlOf("confirmQueue/Queue"),
    settle: urlOf("settleQueue/Queue"),
    deadLetters: urlOf("DeadLetters/Queue"),
  };
  for (const name of [...STEPS, "deadLetters"] as const) {
    await system.clients.sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: queueUrls[name],
        Attributes: { VisibilityTimeout: String(VISIBILITY_SECONDS[name]) },
      }),
    );
  }
  const leaks: string[] = [];
  let redeliveries = 0;
  functions.logs.subscribe(({ text }) => {
    if (text.includes('"messageRedelivered"')) {
      redeliveries += 1;
    }
    if (text.includes(ADDRESS_MARK) || text.includes("pk_")) {
      leaks.push(text);
    }
  });
  const functionNamed = (part: string): string => {
    const found = functions.functions().find(({ name }) => name.includes(part));
    if (found === undefined) {
      throw new Error(`there is no function ${part}`);
    }
    return found.name;
  };
  const secrets = new SecretsManagerClient(
    clientConfiguration(environment.endpoints.secretsManager),
  );
  const prefix = functions.functions().find(({ name }) => name.includes("push-chunks"))
    ?.environment["SECRET_NAME_PREFIX"];

  return {
    ...system,
    queueUrls,
    functionNamed,
    purgeQueues: async () => {
      for (const QueueUrl of Object.values(queueUrls)) {
        await system.clients.sqs.send(new PurgeQueueCommand({ QueueUrl }));
      }
    },
    leaks,
    redeliveries: () => redeliveries,
    replaceKey: async (connectionId, apiKey) => {
      await secrets.send(
        new PutSecretValueCommand({
          SecretId: `${String(prefix)}/${connectionId}`,
          SecretString: JSON.stringify({ apiKey }),
        }),
      );
    },
    close: async () => {
      secrets.destroy();
      await system.close();
    },
  };
}
