import { invalidAt, type ErrorObject } from "../http/errors";
import {
  faultsSchema,
  type FaultConfiguration,
  type FaultRule,
  type FaultSettings,
} from "./fault-rules";
import type { ImportError, ProfileFailure } from "../state/import-jobs";
import { isObject } from "../json";
import type { Operation, SignInOperation } from "../http/operations";
import type { ValueRefusal } from "../input/import-job-input";
import type { ProfileInput } from "../input/profile-input";
import { draw, hashText, uniform } from "./seeded-random";

type ProfileRule = Extract<FaultRule, { kind: "refuseProfile" | "failProfile" | "refuseValue" }>;
type RequestRule = Extract<
  FaultRule,
  { kind: "throttle" | "serverError" | "reset" | "slow" | "firewall" | "withoutId" }
>;

/** A fault that takes the place of an answer. */
export type AnswerFault =
  | { kind: "reset" }
  | { kind: "firewall" }
  | { kind: "serverError"; status: number };

export interface Faults {
  configure(configuration: FaultConfiguration): void;
  configuration(): FaultSettings;
  /** Before anything else has been looked at. */
  atGate(operation: Operation | SignInOperation): AnswerFault | undefined;
  /** Seconds to wait, when the request is to be throttled without need. */
  throttling(operation: Operation | SignInOperation): number | undefined;
  /** After the effect, in place of the answer. */
  afterEffect(operation: Operation | SignInOperation): AnswerFault | undefined;
  losesId(operation: Operation | SignInOperation): boolean;
  delay(operation: Operation | SignInOperation): number;
  /** Undefined while no rule refuses profiles, so that the usual path doesn't ask each time. */
  refusal(): ((email: string, pointer: string) => ErrorObject | undefined) | undefined;
  /** Undefined while no rule refuses values. */
  valueRefusal(): ((profile: ProfileInput) => ValueRefusal | undefined) | undefined;
  failure(): ProfileFailure | undefined;
  cancelledAfter(): number | undefined;
  otherUsers(operation: string): number;
  /** What becomes of a profile with this email, cancelled jobs apart. */
  fateOf(email: string): "imported" | "refused" | "failed";
}

/**
 * Deals out the faults. Each depends on the seed, the rule, and what it hits: for requests and
 * jobs their number within the operation, for profiles their email. So a refused profile stays
 * refused whenever it is sent, and the same traffic meets the same faults.
 */
export function createFaults(count: (kind: FaultRule["kind"]) => void): Faults {
  let current = faultsSchema.parse({});
  const asked = new Map<string, number>();
  const hits = new Map<number, number>();

  const applies = (
    index: number,
    rule: RequestRule,
    operation: Operation | SignInOperation,
  ): boolean =>
    rule.operations?.includes(operation) !== false &&
    strikes(index, rule, operation) &&
    hit(index, rule);

  const strikes = (
    index: number,
    rule: { rate: number; spared?: number },
    operation: string,
  ): boolean => {
    const key = `${index} ${operation}`;
    const number = asked.get(key) ?? 0;
    asked.set(key, number + 1);
    if (number < (rule.spared ?? 0)) return false;
    return uniform(current.seed, index, hashText(operation), number) < rule.rate;
  };

  const hit = (index: number, rule: FaultRule & { limit?: number | undefined }): boolean => {
    const before = hits.get(index) ?? 0;
    if (rule.limit !== undefined && before >= rule.limit) return false;
    hits.set(index, before + 1);
    count(rule.kind);
    return true;
  };

  const answerFault = (operation: Operation | SignInOperation, phase: "before" | "after") => {
    for (const [index, rule] of current.rules.entries()) {
      if (rule.kind === "firewall" && phase === "before" && applies(index, rule, operation)) {
        return { kind: "firewall" } as const;
      }
      if (rule.kind !== "reset" && rule.kind !== "serverError") continue;
      if (rule.when !== phase || !applies(index, rule, operation)) continue;
      if (rule.kind === "reset") return { kind: "reset" } as const;
      const choice = draw(current.seed, index, hits.get(index) ?? 0) % rule.statuses.length;
      return { kind: "serverError", status: rule.statuses[choice] ?? 503 } as const;
    }
    return undefined;
  };

  const chooser = (rules: readonly (readonly [number, ProfileRule])[]) => {
    const prepared = rules.map(([index, rule]) => ({
      index,
      rule,
      emails: new Set(rule.emails.map((email) => email.toLowerCase())),
      pattern: rule.pattern === undefined ? undefined : new RegExp(rule.pattern),
    }));
    return (email: string) =>
      prepared.find(
        ({ index, rule, emails, pattern }) =>
          emails.has(email) ||
          pattern?.test(email) === true ||
          rule.matches?.(email) === true ||
          (rule.rate > 0 && uniform(current.seed, index, hashText(email)) < rule.rate),
      );
  };

  const profileRules = (kind: ProfileRule["kind"]) => {
    const rules: [number, ProfileRule][] = [];
    for (const [index, rule] of current.rules.entries()) {
      if (isProfileRule(rule) && rule.kind === kind) rules.push([index, rule]);
    }
    return rules.length === 0 ? undefined : chooser(rules);
  };
  let refuses = profileRules("refuseProfile");
  let fails = profileRules("failProfile");
  let refusesValues = profileRules("refuseValue");

  return {
    configure(configuration) {
      current = faultsSchema.parse(configuration);
      asked.clear();
      hits.clear();
      refuses = profileRules("refuseProfile");
      fails = profileRules("failProfile");
      refusesValues = profileRules("refuseValue");
    },
    configuration: () => current,
    atGate: (operation) => answerFault(operation, "before"),
    afterEffect: (operation) => answerFault(operation, "after"),
    throttling(operation) {
      for (const [index, rule] of current.rules.entries()) {
        if (rule.kind === "throttle" && applies(index, rule, operation)) {
          return rule.retryAfterSeconds;
        }
      }
      return undefined;
    },
    losesId: (operation) =>
      current.rules.some(
        (rule, index) => rule.kind === "withoutId" && applies(index, rule, operation),
      ),
    delay(operation) {
      for (const [index, rule] of current.rules.entries()) {
        if (rule.kind !== "slow" || !applies(index, rule, operation)) continue;
        const share = uniform(current.seed, index, hits.get(index) ?? 0);
        return rule.leastMilliseconds + share * (rule.mostMilliseconds - rule.leastMilliseconds);
      }
      return 0;
    },
    refusal() {
      const choose = refuses;
      if (choose === undefined) return undefined;
      return (email, pointer) => {
        const rule = choose(email)?.rule;
        if (rule?.kind !== "refuseProfile") return undefined;
        count("refuseProfile");
        const detail = "Invalid email address";
        if (rule.pointer === "job") return invalidAt("/data", detail);
        return invalidAt(
          rule.pointer === "email" ? `${pointer}/attributes/email` : pointer,
          detail,
        );
      };
    },
    valueRefusal() {
      const choose = refusesValues;
      if (choose === undefined) return undefined;
      return ({ email, attributes }) => {
        const rule = email === undefined ? undefined : choose(email)?.rule;
        if (rule?.kind !== "refuseValue" || attributes === undefined) return undefined;
        const { attribute, how } = rule;
        if (!hasValue(JSON.parse(attributes), attribute.split("/"))) return undefined;
        count("refuseValue");
        return { attribute, how };
      };
    },
    failure() {
      const choose = fails;
      if (choose === undefined) return undefined;
      return (email, position, profile) => {
        const rule = choose(email)?.rule;
        if (rule?.kind !== "failProfile") return undefined;
        count("failProfile");
        const path = `/data/attributes/profiles/data/${position}/attributes/email`;
        return {
          code: "invalid",
          title: "Invalid input.",
          detail: "The profile could not be imported.",
          pointer: rule.pointer === "job" ? "/data" : path,
          originalPayload: payloadOf(profile, rule.payload),
        };
      };
    },
    cancelledAfter() {
      for (const [index, rule] of current.rules.entries()) {
        if (rule.kind === "cancelJob" && strikes(index, rule, "job") && hit(index, rule)) {
          return rule.afterShare;
        }
      }
      return undefined;
    },
    otherUsers(operation) {
      let perSecond = 0;
      for (const rule of current.rules) {
        if (rule.kind === "otherUsers" && rule.operations.some((name) => name === operation)) {
          perSecond += rule.requestsPerSecond;
        }
      }
      return perSecond;
    },
    fateOf(email) {
      if (refuses?.(email) !== undefined) return "refused";
      return fails?.(email) === undefined ? "imported" : "failed";
    },
  };
}

function isProfileRule(rule: FaultRule): rule is ProfileRule {
  return (
    rule.kind === "refuseProfile" || rule.kind === "failProfile" || rule.kind === "refuseValue"
  );
}

function hasValue(within: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  return isObject(within) && Object.hasOwn(within, name) && hasValue(within[name], rest);
}

type PayloadForm = Extract<FaultRule, { kind: "failProfile" }>["payload"];
const PAYLOAD_FORMS = ["flat", "email", "resource", "none"] as const;

/** No real import error has been published, so consumers must bear each of these forms. */
function payloadOf(profile: ProfileInput, form: PayloadForm): ImportError["originalPayload"] {
  const { email } = profile;
  const others: unknown = JSON.parse(profile.attributes ?? "{}");
  const attributes = { email, ...(typeof others === "object" ? others : {}) };
  switch (form) {
    case "flat":
      return attributes;
    case "email":
      return { email };
    case "resource":
      return { type: "profile", attributes };
    case "none":
      return null;
    case "mixed": {
      const choice = hashText(email ?? "") % PAYLOAD_FORMS.length;
      return payloadOf(profile, PAYLOAD_FORMS[choice] ?? "none");
    }
  }
}
