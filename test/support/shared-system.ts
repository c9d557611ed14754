import { startSystem, type System } from "./system";

let started: Promise<System> | undefined;

/**
 * The system that all parts of one test file share: its start, and that of its functions' processes, costs more
 * processor time than most tests. Parts keep apart by exports, segments and lists of their own, and leave no faults
 * behind. Klaviyo is quick here, and what fails is soon tried again.
 */
export function sharedSystem(): Promise<System> {
  started ??= startSystem({
    environmentOverrides: { TUNING_LONGEST_RETRY_SECONDS: "1" },
    klaviyo: { processingTime: { queued: 20, fixed: 20, perProfile: 0.1 } },
  });
  return started;
}

export async function closeSharedSystem(): Promise<void> {
  await (await started)?.close();
}
