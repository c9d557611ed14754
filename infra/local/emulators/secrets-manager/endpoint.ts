import type { Clock } from "../../clock";
import type { LoopbackServer } from "../../loopback-server";
import type { RequestCounter } from "../../request-statistics";
import { startJsonService } from "../json-service";
import { secretsManagerActions } from "./actions";

/** Secrets Manager in memory. */
export function startSecretsManager(
  counter: RequestCounter,
  clock: Clock,
): Promise<LoopbackServer> {
  return startJsonService(
    "secretsmanager",
    "secretsmanager.",
    secretsManagerActions(clock),
    counter,
  );
}
