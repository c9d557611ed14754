import * as z from "zod";
import { OPERATIONS, SIGN_IN_OPERATIONS } from "../http/operations";

const operations = z.array(z.enum([...OPERATIONS, ...SIGN_IN_OPERATIONS])).optional();
/** How often requests, jobs or profiles are hit: 0 never, 1 always. */
const rate = z.number().min(0).max(1);
/** At most so many hits; without it, no end. */
const limit = z.number().int().nonnegative().optional();
const when = z.enum(["before", "after"]).default("before");
/** Statuses that Klaviyo or the front end before it have been seen to answer. */
const SERVER_ERRORS = [500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527];
const profileChoice = {
  rate: rate.default(0),
  emails: z.array(z.string()).default([]),
  /** A regular expression. */
  pattern: z.string().optional(),
  /** For use in process only. */
  matches: z.custom<(email: string) => boolean>((value) => typeof value === "function").optional(),
};

const faultRuleSchema = z.discriminatedUnion("kind", [
  /** 429, as if somebody else had used up the quota. */
  z.strictObject({
    kind: z.literal("throttle"),
    rate,
    operations,
    limit,
    /** So many requests of each operation pass first. */
    spared: z.number().int().nonnegative().default(0),
    retryAfterSeconds: z.number().int().positive().default(1),
  }),
  /** 5xx, before or after the request has had its effect. */
  z.strictObject({
    kind: z.literal("serverError"),
    rate,
    operations,
    limit,
    when,
    statuses: z.array(z.number().int().min(500).max(599)).min(1).default(SERVER_ERRORS),
  }),
  /** The connection ends without an answer; `after` means that the effect is there. */
  z.strictObject({ kind: z.literal("reset"), rate, operations, limit, when }),
  /** The answer comes late, by a time between the two. */
  z.strictObject({
    kind: z.literal("slow"),
    rate,
    operations,
    limit,
    leastMilliseconds: z.number().nonnegative(),
    mostMilliseconds: z.number().nonnegative(),
  }),
  /** 403 with the HTML page of the firewall in front of Klaviyo. */
  z.strictObject({ kind: z.literal("firewall"), rate, operations, limit }),
  /** The resource was made, but its id is missing from the answer. */
  z.strictObject({ kind: z.literal("withoutId"), rate, operations, limit }),
  /** Well-formed profiles for which Klaviyo refuses the whole job, with a pointer. */
  z.strictObject({
    kind: z.literal("refuseProfile"),
    ...profileChoice,
    /** What the pointer names: the email, the profile, or the whole job (and no profile). */
    pointer: z.enum(["email", "profile", "job"]).default("email"),
  }),
  /**
   * Well-formed values of one attribute that Klaviyo does not take: it refuses the whole job with a pointer at the
   * value, or takes the profile, ignores the value and names the attribute in `X-Klaviyo-Partial-Failure`.
   */
  z.strictObject({
    kind: z.literal("refuseValue"),
    ...profileChoice,
    /** The way to it: `phone_number`, `location/city`, `properties/Points`. */
    attribute: z.string().min(1),
    how: z.enum(["pointer", "header"]).default("pointer"),
  }),
  /** Profiles that become import errors while their job is processed. */
  z.strictObject({
    kind: z.literal("failProfile"),
    ...profileChoice,
    /** `original_payload`: all fields, the email only, a profile resource, null, or any of them. */
    payload: z.enum(["flat", "email", "resource", "none", "mixed"]).default("flat"),
    pointer: z.enum(["email", "job"]).default("email"),
  }),
  /** Jobs that end as `cancelled`, after a share of their profiles has been imported. */
  z.strictObject({ kind: z.literal("cancelJob"), rate, limit, afterShare: rate.default(0) }),
  /** Somebody else's requests, which count in the account's windows. */
  z.strictObject({
    kind: z.literal("otherUsers"),
    operations: z.array(z.enum([...OPERATIONS, ...SIGN_IN_OPERATIONS])).min(1),
    requestsPerSecond: z.number().positive(),
  }),
]);

/** The faults of a simulator: rules, and the seed that decides whom they hit. */
export const faultsSchema = z.strictObject({
  seed: z.number().int().default(1),
  /**
   * How many of the faults in a job's profiles an answer names; whether Klaviyo names all is not documented.
   * @default as the simulator was started
   */
  mostErrors: z.number().int().positive().optional(),
  rules: z.array(faultRuleSchema).default([]),
});

export type FaultRule = z.infer<typeof faultRuleSchema>;
/** A rule as it is given: what has a default may be left out. */
export type NewFaultRule = z.input<typeof faultRuleSchema>;
export type FaultConfiguration = z.input<typeof faultsSchema>;
export type FaultSettings = z.output<typeof faultsSchema>;
