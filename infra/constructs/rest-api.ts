import { Duration } from "aws-cdk-lib";
import {
  CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import { apiRoutes, type ApiFunctionName } from "../../shared/config/api-routes";
import type { Action } from "../../shared/domain/access/access-table";
import type { StageConfig, StageName } from "../stage-config";
import { ImpactAlarm } from "./monitoring/impact-alarm";
import { stageLogGroup } from "./monitoring/log-group";
import type { ServiceFunction } from "./functions/service-function";
import type { TokenIssuer } from "./token-issuer";

export interface RestApiProps {
  readonly stage: StageName;
  readonly config: StageConfig;
  readonly tokens: TokenIssuer;
  readonly alarmTopicArn: string;
  readonly functions: Readonly<Record<ApiFunctionName, ServiceFunction>>;
}

/** The HTTP API: the routes of the table, none without a valid token. */
export class RestApi extends Construct {
  readonly url: string;
  /** The same without a trailing slash, and known before the API's stage is. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { api: limits } = props.config;
    const allowOrigins = allowedOrigins(props.config);
    const api = new HttpApi(this, "Api", {
      apiName: `segment-export-${props.stage}`,
      description: "Klaviyo segment export: connections, segments, exports and runs",
      createDefaultStage: false,
      defaultAuthorizer: new HttpJwtAuthorizer("Tokens", props.tokens.issuer, {
        jwtAudience: [...props.tokens.audience],
      }),
      ...(allowOrigins.length === 0
        ? {}
        : {
            corsPreflight: {
              allowOrigins,
              allowMethods: [
                CorsHttpMethod.GET,
                CorsHttpMethod.POST,
                CorsHttpMethod.PUT,
                CorsHttpMethod.DELETE,
              ],
              allowHeaders: ["authorization", "content-type", "idempotency-key", "if-match"],
              exposeHeaders: ["apigw-requestid", "etag", "location", "retry-after"],
              maxAge: Duration.hours(1),
            },
          }),
    });
    // The prefix spares an entry in CloudWatch's resource policy, whose size is limited.
    const logName = `/aws/vendedlogs/segment-export/${props.stage}/api-access`;
    const accessLogs = stageLogGroup(this, "AccessLogs", logName, props.config);
    const stage = new HttpStage(this, "Stage", {
      httpApi: api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: limits.requestsPerSecond, burstLimit: limits.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    this.url = stage.url;
    this.endpoint = api.apiEndpoint;

    const integrations = new Map<ApiFunctionName, HttpLambdaIntegration>();
    const integrationOf = (name: ApiFunctionName): HttpLambdaIntegration => {
      const integration = integrations.get(name) ?? integrationWith(props.functions[name]);
      integrations.set(name, integration);
      return integration;
    };
    const made = apiRoutes.flatMap((route) =>
      api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration: integrationOf(route.function),
      }),
    );
    throttleExpensive(stage, limits.expensive);
    // Settings of a route that isn't there yet are refused.
    stage.node.addDependency(...made);

    new ImpactAlarm(this, "ServerErrors", {
      metric: api.metricServerError({ period: Duration.minutes(5), statistic: "Sum" }),
      threshold: 5,
      impact: "Requests to the API fail because of errors in the system.",
      action:
        "Find the request ids with status 5xx in the API's access log, and look for them in the functions' logs.",
      topicArn: props.alarmTopicArn,
    });
  }
}

/**
 * The web origins that may call the API. A console without a domain of its own gets its address from CloudFront, whose
 * headers name the API, so the API can't name it in turn. Then every origin may: the API takes no cookies, and no page
 * has a token but one that somebody signed in on. What keeps tokens in is the page's own policy, which is exact.
 */
function allowedOrigins({ api, console: wanted }: StageConfig): string[] {
  if (wanted === undefined) return api.corsOrigins;
  return wanted.domain === undefined
    ? ["*"]
    : [...new Set([`https://${wanted.domain.name}`, ...api.corsOrigins])];
}

/** What costs more than a look into a table: whole segments are read, Klaviyo is asked, runs are started by the dozen. */
const expensive: ReadonlySet<Action> = new Set<Action>([
  "viewSegment",
  "createPreview",
  "explainProfile",
  "runAll",
  "createConnection",
  "verifyConnection",
  "replaceKey",
  "listKlaviyoLists",
  "createKlaviyoList",
]);

function throttleExpensive(
  stage: HttpStage,
  { requestsPerSecond, burst }: StageConfig["api"]["expensive"],
): void {
  const resource = stage.node.defaultChild;
  if (!(resource instanceof CfnStage)) {
    throw new Error("A stage without its CloudFormation resource can't throttle routes.");
  }
  const settings = { ThrottlingRateLimit: requestsPerSecond, ThrottlingBurstLimit: burst };
  resource.routeSettings = Object.fromEntries(
    apiRoutes
      .filter(({ action }) => expensive.has(action))
      .map(({ method, path }) => [`${method} ${path}`, settings]),
  );
}

function integrationWith(target: ServiceFunction): HttpLambdaIntegration {
  // One permission a function instead of one a route: the API is the only caller either way.
  return new HttpLambdaIntegration("Integration", target.lambda, { scopePermissionToRoute: false });
}

/** Who called is logged as the token's subject, which is no email address. */
const accessLogFields = {
  requestId: "$context.requestId",
  time: "$context.requestTimeEpoch",
  sourceIp: "$context.identity.sourceIp",
  caller: "$context.authorizer.claims.sub",
  method: "$context.httpMethod",
  route: "$context.routeKey",
  path: "$context.path",
  status: "$context.status",
  responseBytes: "$context.responseLength",
  latencyMilliseconds: "$context.responseLatency",
  integrationStatus: "$context.integrationStatus",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
} as const;
