import { aroundCalls } from "../support/around-calls";
import { AwsFailure } from "../../shared/adapters/aws/aws-failure";
import { Killed } from "../histories/worker";

/** What the system calls of AWS while a run is going. */
export const services = ["dynamodb", "s3", "sqs", "secretsmanager"] as const;
export type Service = (typeof services)[number];

/** How a service refuses, by the name of its error. */
export const refusals = {
  throttled: "ThrottlingException",
  unavailable: "ServiceUnavailable",
  unanswered: "TimeoutError",
  denied: "AccessDeniedException",
} as const;
export type Refusal = keyof typeof refusals;

/** When which services refuse: from the first call on that a step makes to one of them. */
export interface Outage {
  readonly services: readonly Service[];
  readonly step: string;
  readonly milliseconds: number;
  readonly refusal: Refusal;
}

/** Where a worker dies: before or after the write that is the so-manieth of the run. */
export interface Death {
  readonly write: number;
  readonly when: "before" | "after";
}

const isRead = /^(get|list|read|find|download|open|describe|is)/;

/** What stands between a worker and AWS. */
export function createFront(now: () => number) {
  let outage: Outage | undefined;
  let until: number | undefined;
  let death: Death | undefined;
  let step = "";
  let isDead = false;
  const counted = { writes: 0, refused: 0, deaths: 0 };

  function meet(service: Service, operation: string): void {
    if (isDead) {
      throw new Killed("the worker was killed before");
    }
    if (outage?.services.includes(service) !== true) {
      return;
    }
    if (until === undefined && step === outage.step) {
      until = now() + outage.milliseconds;
    }
    if (until !== undefined && now() < until) {
      counted.refused += 1;
      throw new AwsFailure(operation, refusals[outage.refusal]);
    }
  }

  function dieIf(write: number, when: Death["when"]): void {
    if (death?.write === write && death.when === when) {
      death = undefined;
      isDead = true;
      counted.deaths += 1;
      throw new Killed("the worker was killed");
    }
  }

  async function call<Result>(
    service: Service,
    operation: string,
    made: () => Promise<Result>,
  ): Promise<Result> {
    meet(service, operation);
    if (isRead.test(operation)) {
      return made();
    }
    counted.writes += 1;
    const write = counted.writes;
    dieIf(write, "before");
    const result = await made();
    dieIf(write, "after");
    return result;
  }

  return {
    counted,
    call,
    /** Whatever befalls the next run. */
    expect(next: { outage?: Outage | undefined; death?: Death | undefined }): void {
      ({ outage, death } = { outage: undefined, death: undefined, ...next });
      until = undefined;
      counted.writes = 0;
    },
    /** A worker begins with a message of a step. */
    enter(name: string): void {
      step = name;
      isDead = false;
    },
    hasDied: () => isDead,
    /** A part of the system that calls a service. */
    of<Part extends object>(service: Service, part: Part): Part {
      return aroundCalls(part, (method, make) => call(service, method, make));
    },
  };
}

export type Front = ReturnType<typeof createFront>;
