import type {
  Clock,
  ConnectionStore,
  Klaviyo,
  Log,
  RateLimiter,
  SecretStore,
} from "../../../shared/ports";
import {
  createKlaviyoAccess,
  type KlaviyoAccess,
} from "../../../shared/use-cases/klaviyo/klaviyo-access";
import { fakeLimiter } from "./clock-and-ids";
import { fakeLog } from "./log";

/** The way to Klaviyo over these parts; a call that is not among them is one that the test does not expect. */
export function accessTo(
  klaviyo: Partial<Klaviyo>,
  parts: {
    readonly connections: Pick<ConnectionStore, "get">;
    readonly secrets: Pick<SecretStore, "read">;
    readonly clock: Clock;
    /** @default one that has a slot at once */
    readonly limiter?: RateLimiter;
    readonly log?: Pick<Log, "warn">;
  },
): KlaviyoAccess {
  const { clock } = parts;
  return createKlaviyoAccess({
    limiter: fakeLimiter(clock),
    log: fakeLog(),
    ...parts,
    klaviyo: klaviyo as Klaviyo,
  });
}
