import { App } from "aws-cdk-lib";
import { addStage, appProps } from "./app";
import { stageNameSchema } from "./stage-config";

/** What the CDK command line starts (cdk.json). `-c stage=production` chooses the stage. */
const app = new App(appProps());
addStage(app, stageNameSchema.parse(app.node.tryGetContext("stage")));
