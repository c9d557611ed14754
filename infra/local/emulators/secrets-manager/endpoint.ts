import type { Clock } from "../../clock";
import type { AwsFront } from "../../front/front";
import { understandSecretsManager } from "../../front/needs/secrets-manager";
import type { LoopbackServer } from "../../loopback-server";
import type { RequestCounter } from "../../request-statistics";
import { startJsonService } from "../json-service";
import { secretsManagerActions } from "./actions";

/** Secrets Manager in memory. */
export function startSecretsManager(
  counter: RequestCounter,
  clock: Clock,
  front: AwsFront,
): Promise<LoopbackServer> {
  const { actions, find } = secretsManagerActions(clock);
  return startJsonService(
    {
      service: "secretsmanager",
      targetPrefix: "secretsmanager.",
      actions,
      understand: (action, input) => understandSecretsManager(action, input, find),
    },
    counter,
    front,
  );
}
