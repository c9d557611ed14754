import { Aws, Fn } from "aws-cdk-lib";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { StageConfig } from "../../stage-config";
import { removalPolicy } from "../removal-policy";

/**
 * A log group of the stage. Its name ends with the id of the stack that made it: log groups of production
 * outlive their stack, and one with the same name would keep the next stack from being created.
 *
 * @param name how the name begins, for instance `/segment-export/dev/some-function`.
 */
export function stageLogGroup(
  scope: Construct,
  id: string,
  name: string,
  config: StageConfig,
): LogGroup {
  // arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID
  const stackId = Fn.select(2, Fn.split("/", Aws.STACK_ID));
  return new LogGroup(scope, id, {
    logGroupName: `${name}/${stackId}`,
    retention: config.logRetention,
    removalPolicy: removalPolicy(config),
  });
}
