import { Lazy } from "aws-cdk-lib";
import type { IDistribution } from "aws-cdk-lib/aws-cloudfront";
import type { StageConfig } from "../../stage-config";

/**
 * Where the console answers. The client that people sign in through must know it before there is a distribution:
 * without a domain of the stage's own, the address is filled in once there is one.
 */
export class ConsoleAddress {
  /** Scheme and host, without a trailing slash. */
  readonly origin: string;
  #distribution: IDistribution | undefined;

  constructor({ domain }: NonNullable<StageConfig["console"]>) {
    this.origin =
      domain === undefined
        ? `https://${Lazy.string({ produce: () => this.#distribution?.distributionDomainName })}`
        : `https://${domain.name}`;
  }

  /** Says which distribution answers there. */
  isOf(distribution: IDistribution): void {
    this.#distribution = distribution;
  }
}
