import { AwsFailure } from "../../shared/adapters/aws/aws-failure";
import type { Clock } from "../../shared/ports";
import type { Random } from "../chaos/random";
import { aroundCalls } from "../support/around-calls";
import type { AwsPart, AwsTrouble } from "./history";

/** The trouble that AWS is in now, and how often it was felt. */
export interface AwsState {
  trouble: AwsTrouble;
  /** The service that refuses everything, and until when. */
  down: { service: AwsPart; until: number } | undefined;
  refused: number;
  lost: number;
}

/** A part of the system that stands on one of AWS's services, with that service's troubles. */
export function onAws<Part extends object>(
  part: Part,
  service: AwsPart,
  { random, state, clock }: { random: Random; state: AwsState; clock: Pick<Clock, "now"> },
): Part {
  const refuse = (): void => {
    const { down, trouble } = state;
    const isDown = down?.service === service && clock.now().getTime() < down.until;
    if (isDown || (trouble.refusalRate > 0 && random.chance(trouble.refusalRate))) {
      state.refused += 1;
      throw new AwsFailure(service, isDown ? "ServiceUnavailable" : "ThrottlingException");
    }
  };
  const lose = (): void => {
    if (state.trouble.lostAnswerRate > 0 && random.chance(state.trouble.lostAnswerRate)) {
      state.lost += 1;
      throw new AwsFailure(service, "TimeoutError");
    }
  };
  return aroundCalls(part, async (_method, call) => {
    refuse();
    const result = await call();
    lose();
    return result;
  });
}
