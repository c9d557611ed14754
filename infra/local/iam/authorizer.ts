import { localAccountId, localRegion } from "../aws-identity";
import { AwsServiceError } from "../emulators/aws-error";
import {
  deliver,
  pass,
  type AwsCaller,
  type AwsRequest,
  type AwsServiceName,
  type Interceptor,
  type Need,
  type RequestContext,
} from "../front/aws-request";
import { evaluate, type Decision, type Principal } from "./evaluate";
import type { PermissionUse } from "./permission-use";
import type { TemplatePolicies, TemplateRole } from "./template-policies";

type RoleCaller = Exclude<AwsCaller, { kind: "owner" }>;

export interface Authorizer {
  /** Refuses what the caller's role does not allow. Whoever owns the machine may do everything. */
  readonly interceptor: Interceptor;
  /** Undefined when the caller may; else the error that the service answers. */
  refusalOf(caller: RoleCaller, service: AwsServiceName, need: Need): AwsServiceError | undefined;
  /** Whether a service may take the role on, on behalf of something (`aws:SourceArn`). */
  mayAssume(roleArn: string, service: string, sourceArn: string): boolean;
}

/** @param use told of every permission that was made use of. */
export function createAuthorizer(policies: TemplatePolicies, use: PermissionUse): Authorizer {
  const decide = (caller: RoleCaller, need: Need): Decision => {
    const role = policies.roles.get(caller.roleArn);
    const principal: Principal = { arns: [caller.roleArn, sessionArn(caller, role)] };
    const context = { ...globalContext(caller, role), ...need.context };
    return evaluate([...(role?.identityPolicies ?? []), ...policies.resourcePolicies], principal, {
      ...need,
      context,
    });
  };

  const refusalOf = (
    caller: RoleCaller,
    service: AwsServiceName,
    need: Need,
  ): AwsServiceError | undefined => {
    const decision = decide(caller, need);
    const role = policies.roles.get(caller.roleArn);
    if (decision.kind === "allowed") {
      if (role !== undefined) use.used(role, decision.by, need);
      return undefined;
    }
    if (role !== undefined) use.refused(role, need);
    const user = sessionArn(caller, role);
    return refusal(service, user, need, decision);
  };

  const mayAssume: Authorizer["mayAssume"] = (roleArn, service, sourceArn) => {
    const role = policies.roles.get(roleArn);
    if (role === undefined) return false;
    const context = {
      "aws:SourceArn": [sourceArn],
      "aws:SourceAccount": [sourceArn.split(":")[4] ?? ""],
    };
    const statements = role.trust.map((statement) => ({
      policy: "resource-based" as const,
      statement,
    }));
    const need: Need = { action: "sts:AssumeRole", resource: roleArn, context };
    return evaluate(statements, { arns: [], service }, need).kind === "allowed";
  };

  /** EventBridge Scheduler tries a role on before it takes it. */
  const passedInVain = ({ action, resource, context }: Need): AwsServiceError | undefined => {
    const [scheduleArn = ""] = context["iam:AssociatedResourceArn"] ?? [];
    if (action !== "iam:PassRole") return undefined;
    return mayAssume(resource, "scheduler.amazonaws.com", groupOf(scheduleArn))
      ? undefined
      : new AwsServiceError(
          "ValidationException",
          "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
        );
  };

  return {
    refusalOf,
    interceptor: (request) => {
      const { caller, service, needs } = request;
      if (caller.kind === "owner") return pass;
      for (const need of needs) {
        const error = refusalOf(caller, service, need) ?? passedInVain(need);
        if (error !== undefined) return { kind: "refuse", error };
      }
      const hidden = hiddenBucket(request, (need) => decide(caller, need).kind === "allowed");
      if (hidden === undefined) {
        // Of a reader, seeing what is missing is what it may list for.
        for (const need of listNeeds(request)) refusalOf(caller, service, need);
        return pass;
      }
      const user = sessionArn(caller, policies.roles.get(caller.roleArn));
      return {
        kind: "watch",
        answered: ({ status }) =>
          status === 404
            ? {
                kind: "replace",
                error: refusal(service, user, hidden, { kind: "denied", explicitly: undefined }),
              }
            : deliver,
      };
    },
    mayAssume,
  };
}

/** The group of schedules that a schedule is in, which the scheduler takes roles on for. */
function groupOf(scheduleArn: string): string {
  return scheduleArn.replace(/:schedule\/([^/]*)\/.*$/, ":schedule-group/$1");
}

/** Reading needs the list of a bucket in one case: to be told that something is not there. */
function listNeeds({ service, action, needs }: AwsRequest): Need[] {
  if (service !== "s3" || !["GetObject", "HeadObject", "CopyObject"].includes(action)) return [];
  return needs
    .filter((need) => need.action === "s3:GetObject")
    .map(({ resource }) => ({
      action: "s3:ListBucket",
      resource: resource.split("/")[0] ?? resource,
      context: {},
    }));
}

/** What the caller lacks to be told that an object is not there: S3 then answers 403 instead of 404. */
function hiddenBucket(request: AwsRequest, isAllowed: (need: Need) => boolean): Need | undefined {
  return listNeeds(request).find((need) => !isAllowed(need));
}

function sessionArn(caller: RoleCaller, role: TemplateRole | undefined): string {
  const roleName = role?.name ?? caller.roleArn.split("/").at(-1) ?? "";
  const session = caller.kind === "function" ? caller.functionName : "scheduler";
  return `arn:aws:sts::${localAccountId}:assumed-role/${roleName}/${session}`;
}

/** Keys that do not depend on what is asked for. Here nothing is encrypted; on AWS, SDKs call by HTTPS. */
function globalContext(caller: RoleCaller, role: TemplateRole | undefined): RequestContext {
  const now = new Date();
  return {
    "aws:CurrentTime": [now.toISOString()],
    "aws:EpochTime": [String(Math.floor(now.getTime() / 1000))],
    "aws:PrincipalAccount": [localAccountId],
    "aws:PrincipalArn": [caller.roleArn],
    "aws:PrincipalIsAWSService": ["false"],
    "aws:PrincipalType": ["AssumedRole"],
    "aws:RequestedRegion": [localRegion],
    "aws:ResourceAccount": [localAccountId],
    "aws:SecureTransport": ["true"],
    "s3:TlsVersion": ["1.3"],
    ...Object.fromEntries(
      Object.entries(role?.tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, [value]]),
    ),
  };
}

function refusal(
  service: AwsServiceName,
  user: string,
  { action, resource }: Need,
  decision: Extract<Decision, { kind: "denied" }>,
): AwsServiceError {
  const why =
    decision.explicitly === undefined
      ? `because no identity-based policy allows the ${shown(service, action)} action`
      : `with an explicit deny in a${decision.explicitly.policy === "identity-based" ? "n" : ""} ${decision.explicitly.policy} policy`;
  const quoted = service === "s3" ? `"${resource}"` : resource;
  const message = `User: ${user} is not authorized to perform: ${shown(service, action)} on resource: ${quoted} ${why}`;
  switch (service) {
    case "s3":
      return new AwsServiceError("AccessDenied", message, 403);
    case "sqs":
    case "sts":
      return new AwsServiceError("AccessDenied", message, 403);
    case "sns":
      return new AwsServiceError("AuthorizationError", message, 403);
    case "scheduler":
      return new AwsServiceError("AccessDeniedException", message, 403);
    case "dynamodb":
    case "secretsmanager":
    case "events":
      return new AwsServiceError("AccessDeniedException", message);
  }
}

/** Services write their actions' names in their own ways. */
function shown(service: AwsServiceName, action: string): string {
  switch (service) {
    case "sqs":
      return action.toLowerCase();
    case "sns":
      return action.replace("sns:", "SNS:");
    case "s3":
    case "dynamodb":
    case "secretsmanager":
    case "scheduler":
    case "events":
    case "sts":
      return action;
  }
}
