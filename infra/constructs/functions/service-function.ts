import { Duration, Size, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import {
  timeoutSeconds,
  type FunctionDefinition,
} from "../../../shared/config/function-definition";
import { apiConcurrency, type AwsAccount } from "../../aws-account";
import type { StageConfig, StageName } from "../../stage-config";
import { stageLogGroup } from "../monitoring/log-group";
import { grant, type Permission } from "./permission";

export interface ServiceFunctionProps {
  readonly definition: FunctionDefinition;
  readonly stage: StageName;
  readonly config: StageConfig;
  readonly code: Code;
  /** Exactly what the function's schema asks for. */
  readonly environment: Readonly<Record<string, string>>;
  readonly permissions: readonly Permission[];
}

/** One function with its role, its log group and its rights; nothing is shared between functions. */
export class ServiceFunction extends Construct {
  readonly lambda: LambdaFunction;
  /** What people find its log under. */
  readonly label: string;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { definition } = props;
    this.label = definition.label;

    const logName = `/segment-export/${props.stage}/${definition.label}`;
    const logGroup = stageLogGroup(this, "Logs", logName, props.config);
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `Role of the function ${definition.label} (${props.stage})`,
    });
    // Instead of AWSLambdaBasicExecutionRole, which may write to every log group of the account.
    role.addToPolicy(
      new PolicyStatement({
        sid: "WriteOwnLogs",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [logGroup.logGroupArn],
      }),
    );
    for (const permission of props.permissions) {
      grant(role, permission);
    }
    const isWatch = definition.kind === "job" && definition.worksOn === "everyMinute";
    if (!isWatch) {
      Validations.of(role).acknowledge({
        id: "AwsSolutions-IAM5[Resource::*]",
        reason:
          "X-Ray's PutTraceSegments and PutTelemetryRecords know no resources. Other statements that name * say why.",
      });
    }

    this.lambda = new LambdaFunction(this, "Function", {
      functionName: `segment-export-${props.stage}-${definition.label}`,
      description: definition.description,
      runtime: Runtime.NODEJS_24_X,
      // The DuckDB binding that is put beside the bundles is the one that the tests run.
      architecture: Architecture.X86_64,
      handler: "index.handler",
      code: props.code,
      role,
      memorySize: memoryOf(definition, props.config.awsAccount),
      ...reservation(definition, props.config.awsAccount),
      timeout: Duration.seconds(timeoutSeconds(definition)),
      ephemeralStorageSize: Size.mebibytes(definition.storage ?? 512),
      environment: {
        ...props.environment,
        // Stack traces name the lines of the sources.
        NODE_OPTIONS: "--enable-source-maps",
      },
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Lambda takes lines without a level for INFO, and measurements are such lines: at WARN it would drop
      // them, and alarms on them would never ring. What is above, the functions' own logger leaves out.
      applicationLogLevelV2:
        props.config.logLevel === "DEBUG" ? ApplicationLogLevel.DEBUG : ApplicationLogLevel.INFO,
      // That a round began and ended is said 43,200 times a month, and is nobody's news.
      ...(isWatch ? { systemLogLevelV2: SystemLogLevel.WARN } : {}),
      ...(definition.kind === "job" && definition.loopsBecause !== undefined
        ? { recursiveLoop: RecursiveLoop.ALLOW }
        : {}),
      // Each of the watch's rounds would be traced, of which nobody asks, at ten times the price of the round.
      tracing: isWatch ? Tracing.DISABLED : Tracing.ACTIVE,
    });
  }
}

function memoryOf(
  { memory, ampleMemory = memory }: FunctionDefinition,
  awsAccount: AwsAccount,
): number {
  return ampleMemory <= awsAccount.memoryMegabytes ? ampleMemory : memory;
}

/** Keeps callers of the API from taking the account's concurrency from the runs. */
function reservation(
  definition: FunctionDefinition,
  awsAccount: AwsAccount,
): { readonly reservedConcurrentExecutions?: number } {
  const bounded = apiConcurrency(awsAccount);
  if (bounded === undefined || definition.kind !== "api") {
    return {};
  }
  return {
    reservedConcurrentExecutions:
      definition.readsWholeSegments === true ? bounded.reading : bounded.others,
  };
}
