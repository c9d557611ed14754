import { App } from "aws-cdk-lib";
import { addStage, appProps } from "./app";
import { buildConsoleWhenStale } from "./console-bundle";
import { stageConfig, stageNameSchema } from "./stage-config";

/** What the CDK command line starts (cdk.json). `-c stage=production` chooses the stage. */
const app = new App(appProps());
const stage = stageNameSchema.parse(app.node.tryGetContext("stage"));
if (stage !== "local" && stageConfig(stage).console !== undefined) buildConsoleWhenStale();
addStage(app, stage);
