import { createAccountStore, type AccountStore } from "./state/accounts";
import { createGrantStore, type GrantStore } from "./sign-in/grants";
import { createFaults, type Faults } from "./faults/faults";
import { draw } from "./faults/seeded-random";
import {
  DEFAULT_ACCOUNT,
  DEFAULT_PROCESSING_TIME,
  DEFAULT_SIGN_IN,
  type KlaviyoSimulatorOptions,
} from "./options";
import { createStatistics, type StatisticsRecorder } from "./inspection/statistics";

/** All that a simulator holds, apart from its sockets. */
export interface Simulation {
  readonly accounts: AccountStore;
  readonly grants: GrantStore;
  readonly faults: Faults;
  readonly statistics: StatisticsRecorder;
  readonly mostErrors: number;
  readonly ignoresPhones: boolean;
  readonly now: () => number;
  /** Lets jobs do what is due, unless they are held. Returns whether any is still going. */
  advance(): boolean;
  /** Whether jobs stay as they are, however much time passes. */
  holdsJobs: boolean;
}

/** Apart from what accounts draw. */
const SIGN_IN_DRAW = 77;

export function createSimulation(options: KlaviyoSimulatorOptions): Simulation {
  const now = options.now ?? Date.now;
  const statistics = createStatistics();
  const faults = createFaults((kind) => statistics.fault(kind));
  faults.configure(options.faults ?? {});
  const accounts = createAccountStore({
    seed: options.seed ?? 1,
    rateLimitScale: options.rateLimitScale ?? 1,
    processingTime: { ...DEFAULT_PROCESSING_TIME, ...options.processingTime },
    faults,
  });
  for (const account of options.accounts ?? [DEFAULT_ACCOUNT]) accounts.add(account, now());
  return {
    accounts,
    grants: createGrantStore(draw(options.seed ?? 1, SIGN_IN_DRAW), {
      ...DEFAULT_SIGN_IN,
      ...options.signIn,
    }),
    faults,
    statistics,
    mostErrors: options.mostErrors ?? Infinity,
    ignoresPhones: options.invalidPhones === "ignore",
    now,
    holdsJobs: false,
    advance() {
      if (this.holdsJobs) return true;
      let going = false;
      statistics.busy(() => {
        for (const account of accounts.all) {
          going = account.jobs.advance(now()) || going;
          going = account.subscriptions.advance(now()) || going;
        }
      });
      return going;
    },
  };
}
