import { setTimeout as sleep } from "node:timers/promises";
import type { FunctionLogs } from "../../infra/local/functions/function-logs";

/** A log line is written just before or just after what it tells of. */
const MOMENT_MILLISECONDS = 20;

/**
 * Waits until a function that does a step of a run has written something, or for so long: whoever waits for a run
 * need not ask the API twenty times a second, each time through gateway, function and table.
 */
export async function nextStep(logs: FunctionLogs, atMostMilliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const stopListening = logs.subscribe(({ functionName }) => {
    if (!functionName.endsWith("-api")) resolve(undefined);
  });
  const timer = setTimeout(resolve, atMostMilliseconds, undefined);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    stopListening();
  }
  await sleep(MOMENT_MILLISECONDS);
}
