import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AccessLevel,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from "aws-cdk-lib/aws-route53";
import { CloudFrontTarget } from "aws-cdk-lib/aws-route53-targets";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import * as z from "zod";
import type { StageConfig, StageName } from "../../stage-config";
import type { ConsoleAddress } from "./console-address";
import { ConsoleFiles } from "./console-files";
import { consoleHeaders } from "./console-headers";
import type { ConsoleSignIn } from "./console-sign-in";
import { ROUTE_FUNCTION } from "./route-function";

export interface ConsoleProps {
  readonly stage: StageName;
  readonly config: StageConfig;
  readonly settings: NonNullable<StageConfig["console"]>;
  readonly address: ConsoleAddress;
  readonly signIn: ConsoleSignIn;
  /** Where the REST API answers, without a trailing slash. */
  readonly apiUrl: string;
}

/** The console in the browser: a private bucket behind CloudFront, which alone may read it. */
export class Console extends Construct {
  constructor(scope: Construct, id: string, props: ConsoleProps) {
    super(scope, id);
    const { stage, settings, signIn, apiUrl } = props;
    const files = new Bucket(this, "Files", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // Made anew by each deployment; nothing here is data.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: stage !== "local",
      lifecycleRules: [
        {
          id: "end-unfinished-uploads",
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    // The library's class and its interface differ in what may be undefined.
    const bucket = z.custom<IBucket>((made) => made instanceof Bucket).parse(files);
    const distribution = this.#distribution(props, bucket);
    props.address.isOf(distribution);
    acknowledge(files, {
      S1: "It holds the console's program, which is the same for everybody; only CloudFront may read it.",
    });
    // The embedded environment serves the bundle itself.
    if (stage !== "local") {
      new ConsoleFiles(this, "Deployment", {
        ...{ stage, config: props.config, bucket, distribution, signIn, apiUrl },
      });
    }
    this.#domainRecords(settings, distribution);
    new CfnOutput(Stack.of(this), "ConsoleUrl", {
      value: props.address.origin,
      description: "Where people open the console",
    });
  }

  #distribution({ settings, signIn, apiUrl }: ConsoleProps, bucket: IBucket): Distribution {
    const { domain } = settings;
    const distribution = new Distribution(this, "Distribution", {
      comment: "Klaviyo segment export: console",
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(domain === undefined
        ? {}
        : {
            domainNames: [domain.name],
            certificate: Certificate.fromCertificateArn(this, "Certificate", domain.certificateArn),
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          }),
      defaultBehavior: {
        // Who may list a bucket is told 404 of what is not there, and not 403.
        origin: S3BucketOrigin.withOriginAccessControl(bucket, {
          originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        compress: true,
        responseHeadersPolicy: consoleHeaders(this, [apiUrl, ...signIn.origins]),
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new EdgeFunction(this, "Routes", {
              runtime: FunctionRuntime.JS_2_0,
              code: FunctionCode.fromInline(ROUTE_FUNCTION),
              comment: "Klaviyo segment export: paths of the console are its page",
            }),
          },
        ],
      },
    });
    acknowledge(distribution, {
      CFR1: "People may work from any country; nothing is shown to whom the issuer has not signed in.",
      CFR2: "It serves files that are the same for everybody and takes no input; the API has throttles.",
      CFR3: "It serves files that are the same for everybody; what people do is in the API's access log.",
      ...(domain === undefined
        ? {
            CFR4: "CloudFront's own name and certificate come with its own choice of TLS versions.",
          }
        : {}),
    });
    return distribution;
  }

  #domainRecords(
    { domain }: NonNullable<StageConfig["console"]>,
    distribution: Distribution,
  ): void {
    if (domain?.hostedZone === undefined) return;
    const zone = HostedZone.fromHostedZoneAttributes(this, "Zone", {
      hostedZoneId: domain.hostedZone.id,
      zoneName: domain.hostedZone.name,
    });
    const record = {
      zone,
      recordName: `${domain.name}.`,
      target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
    };
    new ARecord(this, "Ipv4", record);
    new AaaaRecord(this, "Ipv6", record);
  }
}

function acknowledge(construct: Construct, reasons: Readonly<Record<string, string>>): void {
  for (const [rule, reason] of Object.entries(reasons)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}
