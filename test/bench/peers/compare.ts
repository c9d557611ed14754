import type { SeparateSimulator } from "../../../infra/local/klaviyo/separate-simulator";
import { startMeasuredSystem, type MeasuredSystem } from "../../support/system";
import type { KlaviyoAccount } from "./klaviyo-account";
import { fixedPace, singleUpserts, streaming, unpacedJobs, type Pattern } from "./patterns";
import { peerProfiles, type PeerProfiles } from "./profiles";

/** One way of sending, as it did. */
export interface Compared {
  readonly pattern: string;
  /** Measured, or projected from the last minute of a sample. */
  readonly seconds: number;
  readonly isProjected: boolean;
  readonly throttled: number;
  readonly lostToBadEmail: number;
  readonly lostToThrottling: number;
  readonly confirms: boolean;
}

/** Long enough that the last minute lies behind the first, in which a fresh window lets more through. */
const SAMPLE_MILLISECONDS = 130_000;

/** Each way sends the same profiles to an account of its own at the same simulator; ours is the last. */
export async function comparePatterns(
  count: number,
  progress: (text: string) => void,
): Promise<Compared[]> {
  const system = await startMeasuredSystem();
  try {
    const { klaviyo } = system.laptop;
    const profiles = peerProfiles(count);
    const compare = async (pattern: Pattern): Promise<Compared> => {
      progress(pattern.name);
      return measurePattern(pattern, await newAccount(klaviyo), profiles);
    };
    // These two wait most of the time, so they do not disturb each other.
    const sampled = await Promise.all([compare(singleUpserts), compare(streaming)]);
    const unpaced = await compare(unpacedJobs());
    const fixed = await compare(fixedPace());
    progress("this system");
    return [...sampled, unpaced, fixed, await measureOurs(system, profiles)];
  } finally {
    await system.close();
  }
}

async function newAccount(klaviyo: SeparateSimulator): Promise<KlaviyoAccount> {
  const { keys, lists } = await klaviyo.addAccount({ lists: [{ name: "peers" }] });
  return { url: klaviyo.url, apiKey: keys[0]!.key, listId: lists[0]!.id };
}

/** @param sampleMilliseconds after which a pattern that is sampled is stopped. */
export async function measurePattern(
  pattern: Pattern,
  account: KlaviyoAccount,
  profiles: PeerProfiles,
  sampleMilliseconds = SAMPLE_MILLISECONDS,
): Promise<Compared> {
  const stop = new AbortController();
  const timer = setTimeout(
    () => stop.abort(),
    pattern.isSampled ? sampleMilliseconds : 2 ** 31 - 1,
  );
  const started = Date.now();
  const sending = await pattern.send(account, profiles, stop.signal);
  clearTimeout(timer);
  const seconds = (Date.now() - started) / 1_000;
  const isProjected = sending.tried < profiles.count;
  return {
    pattern: pattern.name,
    seconds: isProjected ? (60 * profiles.count) / sending.lastMinute : seconds,
    isProjected,
    throttled: sending.throttled,
    lostToBadEmail: sending.lostToBadEmail,
    lostToThrottling: sending.lostToThrottling,
    confirms: pattern.confirms,
  };
}

async function measureOurs(system: MeasuredSystem, profiles: PeerProfiles): Promise<Compared> {
  const { klaviyo } = system.laptop;
  const connectionId = await system.createConnection({ profileLimit: 100_000_000 });
  const rows = Array.from({ length: profiles.count }, (_, position) => profiles.emailAt(position));
  await system.putSegment("peers", { "members.csv": `Email\n${rows.join("\n")}\n` });
  const { id: listId } = await klaviyo.createList(klaviyo.first.accountId, { name: "peers" });
  const exportId = await system.createExport(connectionId, { segments: ["peers"], listId });
  const { throttled: throttledBefore } = await klaviyo.statistics();
  const { runId } = await system.startRun(exportId);
  const run = await system.ended(runId, 1_800_000);
  const { timings } = run as unknown as { timings: { seconds: number } };
  const isUnsent = run.status !== "successful" && run.status !== "completedWithWarnings";
  return {
    pattern: "this system",
    seconds: timings.seconds,
    isProjected: false,
    throttled: (await klaviyo.statistics()).throttled - throttledBefore,
    // All but the bad one should be on the list, whatever the run says of itself.
    lostToBadEmail: isUnsent
      ? profiles.count - 1
      : profiles.count - 1 - (await klaviyo.list(listId)).members,
    lostToThrottling: 0,
    confirms: true,
  };
}
