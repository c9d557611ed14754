import type {
  Clock,
  Klaviyo,
  IdGenerator,
  KlaviyoSignIn,
  Log,
  RateLimiter,
} from "../../../shared/ports";
import type { CredentialDependencies } from "../../../shared/use-cases/klaviyo/credential";
import {
  createKlaviyoAccess,
  type KlaviyoAccess,
} from "../../../shared/use-cases/klaviyo/klaviyo-access";
import { fakeIds, fakeLimiter } from "./clock-and-ids";
import { noSignIn } from "./credentials";
import { fakeLog } from "./log";

/** The way to Klaviyo over these parts; a call that is not among them is one that the test does not expect. */
export function accessTo(
  klaviyo: Partial<Klaviyo>,
  parts: {
    readonly connections: CredentialDependencies["connections"];
    readonly secrets: CredentialDependencies["secrets"];
    /** @default none */
    readonly signIn?: KlaviyoSignIn;
    readonly clock: Clock;
    /** @default ids of its own */
    readonly ids?: IdGenerator;
    /** @default one that has a slot at once */
    readonly limiter?: RateLimiter;
    readonly log?: Pick<Log, "warn">;
  },
): KlaviyoAccess {
  const { clock } = parts;
  return createKlaviyoAccess({
    limiter: fakeLimiter(clock),
    log: fakeLog(),
    signIn: noSignIn(),
    ids: fakeIds(),
    ...parts,
    klaviyo: klaviyo as Klaviyo,
  });
}
