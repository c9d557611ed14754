import path from "node:path";
import { AssetHashType, Aws, DefaultStackSynthesizer, Stack, Validations } from "aws-cdk-lib";
import type { IDistribution } from "aws-cdk-lib/aws-cloudfront";
import { CfnBucket, type IBucket } from "aws-cdk-lib/aws-s3";
import {
  BucketDeployment,
  CacheControl,
  type ISource,
  Source,
} from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { CONSOLE_CONFIG_PATH, type ConsoleConfig } from "../../console-config";
import { CONSOLE_BUNDLE, consoleVersion } from "../../console-bundle";
import type { StageConfig, StageName } from "../../stage-config";
import { stageLogGroup } from "../monitoring/log-group";
import { cacheControl } from "./cache-control";
import type { ConsoleSignIn } from "./console-sign-in";

export interface ConsoleFilesProps {
  readonly stage: StageName;
  readonly config: StageConfig;
  readonly bucket: IBucket;
  readonly distribution: IDistribution;
  readonly signIn: ConsoleSignIn;
  readonly apiUrl: string;
}

/**
 * Puts the bundle into the bucket such that an open tab goes on working: what is there stays, parts come before the
 * page that names them, and the page comes last.
 */
export class ConsoleFiles extends Construct {
  constructor(scope: Construct, id: string, props: ConsoleFilesProps) {
    super(scope, id);
    const { stage, config, bucket, distribution } = props;
    const bundle = bundleOf(Stack.of(this).bundlingRequired);
    const logGroup = stageLogGroup(
      this,
      "Log",
      `/segment-export/${stage}/console-deployment`,
      config,
    );
    const common = { destinationBucket: bucket, prune: false, logGroup };
    const assets = new BucketDeployment(this, "Assets", {
      ...common,
      sources: [bundle.source],
      exclude: ["*"],
      include: ["assets/*"],
      cacheControl: [CacheControl.fromString(cacheControl.asset)],
    });
    const told = new BucketDeployment(this, "Config", {
      ...common,
      sources: [
        Source.jsonData(CONSOLE_CONFIG_PATH.slice(1), consoleConfig(props, bundle.version)),
      ],
      cacheControl: [CacheControl.fromString(cacheControl.page)],
    });
    const page = new BucketDeployment(this, "Page", {
      ...common,
      sources: [bundle.source],
      exclude: ["assets/*"],
      cacheControl: [CacheControl.fromString(cacheControl.page)],
      distribution,
      distributionPaths: ["/index.html", CONSOLE_CONFIG_PATH],
    });
    page.node.addDependency(assets, told);
    acknowledgeDeployer(Stack.of(this), bucket);
  }
}

function consoleConfig(
  { stage, signIn, apiUrl }: ConsoleFilesProps,
  version: string,
): ConsoleConfig {
  const { authority, clientId, scope, resource, signOut } = signIn;
  return {
    ...{ apiUrl, stage, region: Aws.REGION, authority, clientId, scope, signOut, version },
    resource,
  };
}

/** The console as it was built; a stand-in where nothing is bundled. */
function bundleOf(bundled: boolean): { readonly source: ISource; readonly version: string } {
  return bundled
    ? { source: Source.asset(CONSOLE_BUNDLE), version: consoleVersion(CONSOLE_BUNDLE) }
    : {
        source: Source.asset(path.join(__dirname), {
          assetHashType: AssetHashType.CUSTOM,
          assetHash: "without console",
        }),
        version: "without console",
      };
}

/** The library's function that copies files is one for the stack, and its rights are the library's choice. */
function acknowledgeDeployer(stack: Stack, bucket: IBucket): void {
  const files = bucket.node.defaultChild;
  if (!(files instanceof CfnBucket)) {
    throw new Error("A bucket without its CloudFormation resource can't be named in a reason.");
  }
  const staged = `cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-<AWS::AccountId>-<AWS::Region>`;
  const copies = "The library's function that copies the console's files";
  const reasons: Readonly<Record<string, string>> = {
    "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]": `${copies} writes its log through AWS's own policy.`,
    "IAM5[Action::s3:GetObject*]": `${copies} reads them from where the CDK stages assets.`,
    "IAM5[Action::s3:GetBucket*]": `${copies} looks at the two buckets that it copies between.`,
    "IAM5[Action::s3:List*]": `${copies} lists the two buckets that it copies between.`,
    "IAM5[Action::s3:DeleteObject*]": `${copies} may replace what is in the console's bucket, where no data are.`,
    "IAM5[Action::s3:Abort*]": `${copies} ends uploads to the console's bucket that fail.`,
    [`IAM5[Resource::arn:<AWS::Partition>:s3:::${staged}/*]`]: `${copies} reads assets, whose names are made of their contents.`,
    [`IAM5[Resource::<${stack.getLogicalId(files)}.Arn>/*]`]: `${copies} writes whatever names a bundle has, in the console's bucket alone.`,
    L1: `${copies} has the runtime that the library gives it.`,
    "IAM5[Resource::*]": `${copies} asks CloudFront to forget the page; the library names no distribution.`,
  };
  const deployers = stack.node.children.filter(({ node }) =>
    node.id.startsWith("Custom::CDKBucketDeployment"),
  );
  for (const deployer of deployers) {
    for (const [rule, reason] of Object.entries(reasons)) {
      Validations.of(deployer).acknowledge({ id: `AwsSolutions-${rule}`, reason });
    }
  }
}
