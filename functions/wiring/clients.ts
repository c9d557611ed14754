import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { createDocumentClient } from "../../shared/adapters/aws/dynamodb/document-client";
import { createS3Client } from "../../shared/adapters/aws/s3/s3-client";
import { patience } from "../../shared/adapters/aws/waits";
import { once } from "./once";

/** The clients of AWS's services; each is made when a function first needs it, and kept. */
export const documents = /* @__PURE__ */ once(() => createDocumentClient());
export const s3 = /* @__PURE__ */ once(() => createS3Client());
export const sqs = /* @__PURE__ */ once(() => new SQSClient(patience));
export const secretsManager = /* @__PURE__ */ once(() => new SecretsManagerClient(patience));
export const scheduler = /* @__PURE__ */ once(() => new SchedulerClient(patience));
export const eventBridge = /* @__PURE__ */ once(() => new EventBridgeClient(patience));
export const sns = /* @__PURE__ */ once(() => new SNSClient(patience));
/** Of the function's own region: the global endpoint issues no tokens for others. */
export const sts = /* @__PURE__ */ once(() => new STSClient(patience));
