import type { NewAccount } from "./state/accounts";
import type { FaultConfiguration } from "./faults/fault-rules";
import type { SignInSettings } from "./sign-in/grants";
import type { ProcessingTime } from "./state/import-jobs";

export interface KlaviyoSimulatorOptions {
  /** @default 0: any free port. The simulator listens on 127.0.0.1 only. */
  readonly port?: number;
  /** @default one account with twelve lists and one key that has all scopes */
  readonly accounts?: readonly NewAccount[];
  /** Milliseconds. @default 150 queued, 150 + 0.05 per profile: 10,000 profiles take 0.8 s */
  readonly processingTime?: Partial<ProcessingTime>;
  /** 1 is Klaviyo's real limits, `Infinity` none. @default 1 */
  readonly rateLimitScale?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** @default none */
  readonly faults?: FaultConfiguration;
  /** What ids and keys are made from. @default 1 */
  readonly seed?: number;
  /**
   * How many of the bad profiles of a job the 400 answer names. Whether Klaviyo names all of them
   * is not documented. @default Infinity
   */
  readonly mostErrors?: number;
  /**
   * What becomes of a phone number that is none, beside a valid email: the profile is refused, or the number is
   * ignored and named in `X-Klaviyo-Partial-Failure`. Klaviyo is described in both ways. @default "refuse"
   */
  readonly invalidPhones?: "refuse" | "ignore";
  /** The app that people may let in, and what becomes of its tokens. */
  readonly signIn?: Partial<SignInSettings>;
}

/**
 * As strict as the strictest account of Klaviyo: a refresh token is good once. Refreshes a minute and an hour's life
 * are third parties' figures.
 */
export const DEFAULT_SIGN_IN: SignInSettings = {
  app: {
    clientId: "simulated-app",
    clientSecret: "simulated-secret",
    redirectUris: ["http://127.0.0.1:8976/callback"],
  },
  rotation: "atOnce",
  accessTokenSeconds: 3_600,
  refreshesPerMinute: 10,
};

export const DEFAULT_PROCESSING_TIME: ProcessingTime = {
  queued: 150,
  fixed: 150,
  perProfile: 0.05,
};

/** More than ten lists, because Klaviyo shows ten a page. */
export const DEFAULT_ACCOUNT: NewAccount = {
  lists: [
    { name: "Newsletter" },
    { name: "Customers" },
    { name: "Loyalty programme" },
    { name: "Product launches" },
    { name: "Spring sale" },
    { name: "Summer sale" },
    { name: "Autumn sale" },
    { name: "Winter sale" },
    { name: "Back in stock" },
    { name: "Event guests" },
    { name: "Survey panel" },
    { name: "Win back" },
  ],
};
