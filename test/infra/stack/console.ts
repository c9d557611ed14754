import { describe, expect, test } from "@jest/globals";
import { createApp } from "../../../infra/app";
import { ROUTE_FUNCTION } from "../../../infra/constructs/console/route-function";
import { edgeRouter } from "../../../infra/local/console/console-edge";
import { stageConfig, type StageConfig } from "../../../infra/stage-config";
import { resource, resourcesOf, synthesize, templateOf } from "./synthesized";

const production = templateOf("production");
const ownDomain = {
  name: "segments.example.com",
  certificateArn:
    "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
};
const issuer = {
  kind: "oidc",
  issuer: "https://login.example.com/tenant",
  audience: ["segment-export"],
  rolesClaim: "groups",
} as const satisfies StageConfig["identity"];
const signIn = {
  clientId: "console",
  scope: "openid segment-export/use",
  origins: ["https://tokens.example.com"],
};

describe("the console's files", () => {
  test("lie in a bucket that CloudFront alone may read, for this distribution alone", () => {
    expect(resource(production, "AWS::S3::Bucket", "ConsoleFiles").Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const policy = resource(production, "AWS::S3::BucketPolicy", "ConsoleFiles");
    const readers = (
      policy.Properties["PolicyDocument"].Statement as { Effect: string; Principal: object }[]
    ).filter((statement) => JSON.stringify(statement).includes("s3:GetObject"));
    expect(readers).toEqual([
      expect.objectContaining({
        Action: ["s3:GetObject", "s3:ListBucket"],
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: {
          StringEquals: {
            "AWS:SourceArn": {
              "Fn::Join": [
                "",
                expect.arrayContaining([{ Ref: expect.stringMatching("^Console") }]),
              ],
            },
          },
        },
      }),
    ]);
    expect(
      resource(production, "AWS::CloudFront::OriginAccessControl", "Console").Properties,
    ).toMatchObject({
      OriginAccessControlConfig: { SigningBehavior: "always", SigningProtocol: "sigv4" },
    });
  });

  const deployments = Object.fromEntries(
    resourcesOf(production, "Custom::CDKBucketDeployment").map(([id, made]) => [
      /^ConsoleDeployment(Assets|Config|Page)/.exec(id)?.[1] ?? id,
      made,
    ]),
  );

  test("stay when newer ones come, so that an open tab finds its parts", () => {
    expect(Object.keys(deployments).sort()).toEqual(["Assets", "Config", "Page"]);
    for (const { Properties } of Object.values(deployments)) {
      expect(Properties).toMatchObject({ Prune: false });
    }
  });

  test.each([
    ["Assets", ["*"], ["assets/*"], "public, max-age=31536000, immutable"],
    ["Config", undefined, undefined, "no-cache"],
    ["Page", ["assets/*"], undefined, "no-cache"],
  ])("are kept by browsers as they may be: %s", (name, exclude, include, kept) => {
    const { Properties } = deployments[name]!;
    expect(Properties["Exclude"]).toEqual(exclude);
    expect(Properties["Include"]).toEqual(include);
    expect(Properties["SystemMetadata"]).toEqual({ "cache-control": kept });
  });

  test("come before the page that names them, after which CloudFront forgets the old one", () => {
    const { template } = createApp({ stage: "production", bundling: false, checks: false })
      .synth()
      .getStackByName("SegmentExport-production");
    const page = Object.entries<{ Properties: object; DependsOn: string[] }>(
      template.Resources,
    ).find(([id]) => id.startsWith("ConsoleDeploymentPageCustomResource"))![1];
    expect(page.Properties).toMatchObject({
      DistributionPaths: ["/index.html", "/config.json"],
    });
    expect(page.DependsOn).toEqual(
      expect.arrayContaining([
        expect.stringMatching("^ConsoleDeploymentAssetsCustomResource"),
        expect.stringMatching("^ConsoleDeploymentConfigCustomResource"),
      ]),
    );
  });
});

describe("what the browser is told", () => {
  const policyOf = (template = production): string =>
    JSON.stringify(
      resource(template, "AWS::CloudFront::ResponseHeadersPolicy", "Console").Properties[
        "ResponseHeadersPolicyConfig"
      ].SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy,
    );

  test("is to use https, not to guess types, to tell nobody the address, and to show it in no frame", () => {
    expect(
      resource(production, "AWS::CloudFront::ResponseHeadersPolicy", "Console").Properties,
    ).toMatchObject({
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: "DENY", Override: true },
          ReferrerPolicy: { Override: true, ReferrerPolicy: "no-referrer" },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
        },
      },
    });
    expect(policyOf()).toContain("default-src 'none'; script-src 'self'; style-src 'self'; ");
    expect(policyOf()).toContain("frame-ancestors 'none'");
    expect(policyOf()).not.toContain("unsafe");
  });

  test("names the API and the user pool's pages as all that the page may call", () => {
    expect(policyOf()).toMatch(
      /connect-src 'self' .*RestApi\w+.*ApiEndpoint.*cognito-idp.*amazoncognito/,
    );
    expect(policyOf()).not.toContain("https:;");
  });

  test("is the issuer's origin and that of its tokens, where the issuer is one's own", () => {
    const template = synthesize({
      stage: "dev",
      configuration: { identity: issuer, console: { signIn } },
    });
    expect(policyOf(template)).toContain("https://login.example.com https://tokens.example.com");
    expect(resourcesOf(template, "AWS::Cognito::UserPoolClient")).toEqual([]);
  });
});

describe("the client that people sign in through", () => {
  const { Properties } = resource(production, "AWS::Cognito::UserPoolClient", "UsersPoolConsole");

  test("is public, takes codes alone, and gives refresh tokens that are good once", () => {
    expect(Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthFlowsUserPoolClient: true,
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
      // Cognito refuses rotation where the older refresh is allowed.
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
    });
  });

  test("sends people back to the console and nowhere else", () => {
    const domain = { "Fn::GetAtt": [expect.stringMatching("^ConsoleDistribution"), "DomainName"] };
    const at = (path: string) => [{ "Fn::Join": ["", ["https://", domain, path]] }];
    expect(Properties["CallbackURLs"]).toEqual(at("/signed-in"));
    expect(Properties["LogoutURLs"]).toEqual(at("/signed-out"));
  });

  test("is one whose tokens the API takes, and has managed pages with a style", () => {
    const { Audience } = resource(production, "AWS::ApiGatewayV2::Authorizer", "RestApi")
      .Properties["JwtConfiguration"];
    expect(Audience).toContainEqual({ Ref: expect.stringMatching("^UsersPoolConsole") });
    expect(resource(production, "AWS::Cognito::UserPoolDomain", "Users").Properties).toMatchObject({
      ManagedLoginVersion: 2,
    });
    expect(
      resource(production, "AWS::Cognito::ManagedLoginBranding", "Users").Properties,
    ).toMatchObject({
      UseCognitoProvidedValues: true,
      ClientId: { Ref: expect.stringMatching("^UsersPoolConsole") },
    });
  });
});

describe("a domain of one's own", () => {
  const template = synthesize({
    stage: "dev",
    configuration: {
      console: { domain: { ...ownDomain, hostedZone: { id: "Z0123456789", name: "example.com" } } },
    },
  });

  test("is what the console answers to, with TLS 1.2 at least, and what the API lets in alone", () => {
    expect(resource(template, "AWS::CloudFront::Distribution", "Console").Properties).toMatchObject(
      {
        DistributionConfig: {
          Aliases: ["segments.example.com"],
          ViewerCertificate: {
            AcmCertificateArn: ownDomain.certificateArn,
            MinimumProtocolVersion: "TLSv1.2_2021",
          },
        },
      },
    );
    expect(template.Outputs["ConsoleUrl"]?.Value).toBe("https://segments.example.com");
    expect(
      resource(template, "AWS::ApiGatewayV2::Api", "RestApi").Properties["CorsConfiguration"],
    ).toMatchObject({ AllowOrigins: ["https://segments.example.com"] });
    expect(
      resourcesOf(template, "AWS::Route53::RecordSet").map(([, { Properties }]) => [
        Properties["Name"],
        Properties["Type"],
      ]),
    ).toEqual([
      ["segments.example.com.", "A"],
      ["segments.example.com.", "AAAA"],
    ]);
  });
});

test("without a domain, every origin may call the API, which takes no cookies", () => {
  const { CorsConfiguration } = resource(
    production,
    "AWS::ApiGatewayV2::Api",
    "RestApi",
  ).Properties;
  expect(CorsConfiguration).toMatchObject({
    AllowOrigins: ["*"],
    ExposeHeaders: ["apigw-requestid", "etag", "location", "retry-after"],
  });
  expect(CorsConfiguration).not.toHaveProperty("AllowCredentials");
});

test("a stage that wants no console has nothing of one", () => {
  const template = synthesize({ stage: "dev", configuration: { console: undefined } });
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  expect(types.filter((type) => /CloudFront|BucketDeployment|UserPoolDomain/.test(type))).toEqual(
    [],
  );
  expect(resourcesOf(template, "AWS::Cognito::UserPoolClient")).toHaveLength(1);
  expect(template.Outputs).not.toHaveProperty("ConsoleUrl");
});

test.each<[string, Parameters<typeof stageConfig>[1]]>([
  ["an issuer without the console's client", { identity: issuer, console: {} }],
  ["a client of one's own beside Cognito", { console: { signIn } }],
  [
    "a certificate of another region",
    {
      console: {
        domain: {
          ...ownDomain,
          certificateArn: ownDomain.certificateArn.replace("us-east", "eu-west"),
        },
      },
    },
  ],
])("%s is refused", (_what, overrides) => {
  expect(() => stageConfig("dev", overrides)).toThrow(/console/);
});

test.each([
  ["/", "/index.html"],
  ["/exports", "/index.html"],
  ["/exports/01ABC/runs", "/index.html"],
  ["/signed-in", "/index.html"],
  ["/assets", "/index.html"],
  ["/exports/v1.2/runs", "/index.html"],
  ["/index.html", "/index.html"],
  ["/config.json", "/config.json"],
  ["/icon.svg", "/icon.svg"],
  ["/exports/missing.js", "/exports/missing.js"],
  ["/assets/index-1a2b.js", "/assets/index-1a2b.js"],
  ["/assets/", "/assets/"],
  ["/assets/part", "/assets/part"],
])("a request for %s gets %s", (asked, file) => {
  expect(edgeRouter(ROUTE_FUNCTION)(asked)).toBe(file);
});
