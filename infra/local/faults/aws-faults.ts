import { setTimeout as sleep } from "node:timers/promises";
import { pass, type AwsRequest, type Fate, type Interceptor } from "../front/aws-request";
import { hashText, uniform } from "../klaviyo/faults/seeded-random";
import { awsFaultSettingsSchema, type AwsFaultRule, type AwsFaultSettings } from "./fault-rules";
import { failureError, throttlingError } from "./service-errors";

/** Service to kind of fault to how often it struck. */
export type StruckFaults = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Faults of the embedded AWS services, which strike what functions ask of them. */
export interface AwsFaults {
  readonly interceptor: Interceptor;
  /** Replaces the faults that are on; without rules, none are. Throws what the schema finds wrong. */
  set(settings: AwsFaultSettings): void;
  /** What struck since the start. */
  struck(): StruckFaults;
}

/** By which event sources read their queues. */
const POLLING = ["ReceiveMessage", "DeleteMessage", "DeleteMessageBatch"];

export function createAwsFaults(now: () => number = Date.now): AwsFaults {
  let settings = awsFaultSettingsSchema.parse({});
  let setAt = now();
  let drawn = 0;
  let hits: number[] = [];
  const struck: Record<string, Record<string, number>> = {};

  const draw = (purpose: string): number => {
    drawn += 1;
    return uniform(settings.seed, hashText(purpose), drawn);
  };

  const strikes = (rule: AwsFaultRule, index: number, request: AwsRequest): boolean => {
    const isMeant =
      rule.service === request.service &&
      (rule.actions?.includes(request.action) ?? !POLLING.includes(request.action));
    if (!isMeant || (hits[index] ?? 0) >= (rule.limit ?? Infinity)) return false;
    const passed = now() - setAt;
    const hit =
      rule.kind === "outage"
        ? passed >= rule.afterMilliseconds && passed < rule.afterMilliseconds + rule.milliseconds
        : draw(rule.kind) < rule.rate;
    if (!hit) return false;
    hits[index] = (hits[index] ?? 0) + 1;
    const ofService = (struck[request.service] ??= {});
    ofService[rule.kind] = (ofService[rule.kind] ?? 0) + 1;
    return true;
  };

  return {
    interceptor: async (request) => {
      if (request.caller.kind !== "function") return pass;
      const { rules } = settings;
      for (const [index, rule] of rules.entries()) {
        if (!strikes(rule, index, request)) continue;
        switch (rule.kind) {
          case "throttle":
            return { kind: "refuse", error: throttlingError(rule.service, draw("code")) };
          case "serverError":
          case "outage":
            return { kind: "refuse", error: failureError(rule.service, draw("code")) };
          case "lostAnswer":
            return { kind: "watch", answered: (): Fate => ({ kind: "drop" }) };
          case "stall":
            return { kind: "watch", answered: (): Fate => ({ kind: "stall" }) };
          case "slow": {
            const { leastMilliseconds: least, mostMilliseconds: most } = rule;
            await sleep(least + draw("slow") * Math.max(0, most - least));
            break;
          }
        }
      }
      return pass;
    },
    set: (given) => {
      settings = awsFaultSettingsSchema.parse(given);
      setAt = now();
      drawn = 0;
      hits = [];
    },
    struck: () => structuredClone(struck),
  };
}
