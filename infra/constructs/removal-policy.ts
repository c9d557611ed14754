import { RemovalPolicy } from "aws-cdk-lib";
import type { StageConfig } from "../stage-config";

/**
 * What becomes of what holds data when the stack goes. Kept data is kept from a stack that stood; what a
 * creation made that failed is taken away again, so that the next try finds nothing in its way.
 */
export function removalPolicy({ data }: Pick<StageConfig, "data">): RemovalPolicy {
  switch (data) {
    case "retain":
      return RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    case "destroy":
      return RemovalPolicy.DESTROY;
  }
}
