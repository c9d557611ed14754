import { Duration, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { StageConfig, StageName } from "../stage-config";
import { removalPolicy } from "./removal-policy";

/** Where profiles lie: in these buckets and nowhere else. */
export class Buckets extends Construct {
  /** What is exported: `segments/<name>/…`. */
  readonly segments: Bucket;
  /** What runs leave: `staging/`, `reports/` and `snapshots/`. */
  readonly work: Bucket;
  readonly accessLogs: Bucket;

  constructor(scope: Construct, id: string, stage: StageName, config: StageConfig) {
    super(scope, id);
    const common = {
      // S3's own keys: a key of our own would cost a request for each of many small reads and keep out
      // nobody whom the bucket's policy and the functions' roles let in.
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // Neither bucket keeps old versions. They would be copies of personal data that deletion does not
      // reach; a segment replaced while it is read is noticed by its ETag, and all else can be made anew.
      versioned: false,
      removalPolicy: removalPolicy(config),
      // CloudFormation deletes no bucket that holds something. The embedded environment deletes none at all.
      autoDeleteObjects: config.data === "destroy" && stage !== "local",
    } as const satisfies BucketProps;
    const endUploads = {
      id: "end-unfinished-uploads",
      abortIncompleteMultipartUploadAfter: Duration.days(1),
    };
    const expire = (prefix: string, days: number) => ({
      id: `expire-${prefix.replace("/", "")}`,
      prefix,
      expiration: Duration.days(days),
    });

    this.accessLogs = new Bucket(this, "AccessLogs", {
      ...common,
      lifecycleRules: [
        { id: "expire", expiration: Duration.days(config.expiry.accessLogsDays) },
        endUploads,
      ],
    });
    Validations.of(this.accessLogs).acknowledge({
      id: "AwsSolutions-S1",
      reason: "It receives the access logs of the other buckets; logging its own would never end.",
    });
    this.segments = new Bucket(this, "Segments", {
      ...common,
      lifecycleRules: [endUploads],
    });
    this.work = new Bucket(this, "Work", {
      ...common,
      lifecycleRules: [
        expire("staging/", config.expiry.stagingDays),
        expire("reports/", config.expiry.reportsDays),
        expire("snapshots/", config.expiry.snapshotsDays),
        endUploads,
      ],
    });
    this.#logAccess(this.segments, "segments/");
    this.#logAccess(this.work, "work/");
  }

  /** Has S3 write a bucket's access log below a prefix of the log bucket, and lets it do only that. */
  #logAccess(bucket: Bucket, prefix: string): void {
    const resource = bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) {
      throw new Error("A bucket without its CloudFormation resource can't be logged.");
    }
    resource.loggingConfiguration = {
      destinationBucketName: this.accessLogs.bucketName,
      logFilePrefix: prefix,
    };
    this.accessLogs.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("logging.s3.amazonaws.com")],
        actions: ["s3:PutObject"],
        resources: [this.accessLogs.arnForObjects(`${prefix}*`)],
        conditions: {
          ArnLike: { "aws:SourceArn": bucket.bucketArn },
          StringEquals: { "aws:SourceAccount": Stack.of(this).account },
        },
      }),
    );
  }
}
