import { CfnOutput, Stack, type StackProps, Stage, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Alerts } from "../constructs/monitoring/alerts";
import { Buckets } from "../constructs/buckets";
import { Console } from "../constructs/console/console";
import { ConsoleAddress } from "../constructs/console/console-address";
import { DeadLetters } from "../constructs/dead-letters";
import { FunctionBundles } from "../constructs/functions/function-bundles";
import { readersOfSources, workerOn } from "../constructs/functions/every-function";
import { RestApi } from "../constructs/rest-api";
import { runQueues } from "../constructs/run-queues";
import { RunWatch } from "../constructs/monitoring/run-watch";
import { serviceFunctions } from "../constructs/functions/service-functions";
import { SystemDashboard } from "../constructs/monitoring/system-dashboard";
import { Tables } from "../constructs/tables";
import { Timetable } from "../constructs/timetable";
import { tokenIssuer } from "../constructs/token-issuer";
import { queueNames } from "../../shared/config/function-definition";
import type { StageConfig, StageName } from "../stage-config";

export interface SegmentExportStackProps extends StackProps {
  readonly stage: StageName;
  readonly config: StageConfig;
}

/** The whole system of one stage. */
export class SegmentExportStack extends Stack {
  constructor(scope: Construct, id: string, props: SegmentExportStackProps) {
    super(scope, id, {
      description: `Klaviyo segment export (${props.stage})`,
      terminationProtection: props.config.data === "retain",
      ...props,
    });
    const { stage, config } = props;
    // CloudFormation's schema of dashboards has no tags, though the library would write them.
    const tagged = { excludeResourceTypes: ["AWS::CloudWatch::Dashboard"] };
    Tags.of(this).add("application", "klaviyo-segment-export", tagged);
    Tags.of(this).add("stage", stage, tagged);

    const alerts = new Alerts(this, "Alerts", { stage, config });
    const alarmTopicArn = config.alarmTopicArn ?? alerts.topic.topicArn;
    const deadLetters = new DeadLetters(this, "DeadLetters").queue;
    const queues = runQueues(this, config, deadLetters);
    const resources = {
      tables: new Tables(this, "Tables", config),
      buckets: new Buckets(this, "Buckets", stage, config),
      queues,
      deadLetters,
      timetable: new Timetable(this, "Timetable", {
        stage,
        queue: queues.start.queue,
        deadLetters,
      }),
      alerts,
      stage,
      config,
      secretNamePrefix: `segment-export/${stage}/connections`,
      sourceSecretPrefix: `segment-export/${stage}/sources`,
    };
    const address = config.console === undefined ? undefined : new ConsoleAddress(config.console);
    const tokens = tokenIssuer(this, stage, config, address);
    const functions = serviceFunctions(this, {
      resources,
      tokenRules: tokens.rules,
      bundles: new FunctionBundles(
        stage === "local" ? "host" : "lambda",
        this.bundlingRequired ? Stage.of(this)?.outdir : undefined,
      ),
    });

    for (const name of queueNames) {
      queues[name].connect(functions[workerOn(name)]);
    }
    if (config.monitoring === "full") {
      const shown = { stage, queues, deadLetters, functions, alarmTopicArn };
      new SystemDashboard(this, "Dashboard", shown);
    }
    const watcher = functions[workerOn("everyMinute")];
    new RunWatch(this, "RunWatch", { stage, watcher, alarmTopicArn });

    const api = new RestApi(this, "RestApi", { stage, config, tokens, functions, alarmTopicArn });

    if (config.console !== undefined && address !== undefined && tokens.console !== undefined) {
      new Console(this, "Console", {
        ...{ stage, config, settings: config.console, address },
        signIn: tokens.console,
        apiUrl: api.endpoint,
      });
    }

    const output = (name: string, value: string, description: string): void => {
      new CfnOutput(this, name, { value, description });
    };
    output("ApiUrl", api.url, "Where the REST API answers");
    output("SegmentsBucketName", resources.buckets.segments.bucketName, "Holds segments/<name>/…");
    output(
      "AlertTopicArn",
      resources.alerts.topic.topicArn,
      "Subscribe to hear of failing exports and of alarms",
    );
    if (config.sources.azureFederation) {
      const subjects = readersOfSources().flatMap(
        (name) => functions[name].lambda.role?.roleArn ?? [],
      );
      output(
        "AzureSubjects",
        subjects.join(","),
        "Whom an app of Microsoft Entra has to trust, so that segments are read as it",
      );
    }
    output("TokenIssuer", tokens.issuer, "Issuer of the tokens that the API accepts");
    output("TokenAudience", tokens.audience.join(","), "Audience of these tokens");
    if (tokens.userPool !== undefined) {
      output("UserPoolId", tokens.userPool.id, "Where users and their groups are kept");
      output("UserPoolClientId", tokens.userPool.clientId, "What command lines sign in through");
    }
  }
}
