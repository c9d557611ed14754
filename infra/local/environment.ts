import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { SQSClient } from "@aws-sdk/client-sqs";
import { type roleSchema } from "../../shared/domain/access/identity";
import { systemClock } from "./clock";
import { startControlEndpoint } from "./control/control-endpoint";
import { foreignServices, startEmbeddedServices } from "./embedded-services";
import {
  readersOfSources,
  startAzure,
  trustRoles,
  withAzure,
  type Azure,
} from "./emulators/azure/azure";
import { createAnnouncements, type Announcements } from "./emulators/announcements";
import { createSchedules, type Deliver } from "./emulators/scheduler/schedules";
import type { EnvironmentOptions } from "./environment-options";
import { environmentResources, type EnvironmentResources } from "./environment-resources";
import { eventSourceMappings } from "./event-sources/event-source-mapping";
import { startSqsPoller } from "./event-sources/sqs-poller";
import { createAwsFaults, type AwsFaults } from "./faults/aws-faults";
import type { AwsCaller, Interceptor } from "./front/aws-request";
import type { AwsCredentials } from "./front/callers";
import { createFront } from "./front/front";
import { createAuthorizer } from "./iam/authorizer";
import { createPermissionUse, useDirectoryVariable } from "./iam/permission-use";
import { templatePolicies } from "./iam/template-policies";
import type { FunctionDefinition } from "./functions/function-definition";
import { createFunctionHost, type FunctionHost } from "./functions/function-host";
import type { FunctionStatistics } from "./functions/function-statistics";
import { createGateway } from "./gateway/gateway";
import { describeHttpApi } from "./gateway/http-api";
import type { LocalConsole } from "./console/local-console";
import { createSigningKey } from "./identity/signing-key";
import { startTokenIssuer, type TokenClaims } from "./identity/token-issuer";
import { serveOnLoopback } from "./loopback-server";
import {
  clientConfiguration,
  createAwsClients,
  endpointVariables,
  type AwsEndpoints,
} from "./provisioning/aws-clients";
import { createForeignResources } from "./provisioning/foreign-resources";
import { provision } from "./provisioning/provision";
import {
  createRequestCounter,
  type RequestStatistics,
  type TableCapacities,
} from "./request-statistics";
import { scheduleDelivery } from "./schedule-delivery";
import { createTemplateSchedules } from "./template-schedules";
import { functionDefinitions } from "./template/function-definitions";
import { resolverFor } from "./template/physical-values";
import { checkResourceTypes } from "./template/resource-types";
import { synthesizedAssembly } from "./template/synthesize";
import { loadTemplate } from "./template/template";

/** A token for each role. */
interface RoleTokens {
  readonly administrator: string;
  readonly contributor: string;
  readonly viewer: string;
}

export interface EnvironmentStatistics {
  /** Requests to the embedded services, by service and action; empty with an endpoint of one's own. */
  readonly requests: RequestStatistics;
  /** By table name; empty with an endpoint of one's own. */
  readonly capacities: TableCapacities;
  /** By logical id. */
  readonly functions: Readonly<Record<string, FunctionStatistics>>;
}

/** The whole system, running on this machine. */
export interface Environment {
  /** Base URL of the REST API, without a trailing slash. */
  readonly apiUrl: string;
  /** Where the console is, if it was asked for. */
  readonly console: Omit<LocalConsole, "close"> | undefined;
  /** Base URL of the control endpoint, for other processes (control/control-endpoint.ts). */
  readonly controlUrl: string;
  /** Valid for twelve hours. */
  readonly tokens: RoleTokens;
  issueToken(claims?: TokenClaims): Promise<string>;
  /** Where SDK clients find the services (`clientConfiguration` in provisioning/aws-clients.ts). */
  readonly endpoints: AwsEndpoints;
  readonly resources: EnvironmentResources;
  /** What there is of Azure, where it was asked for. */
  readonly azure: Omit<Azure, "close"> | undefined;
  readonly functions: FunctionHost;
  /** The events and mails so far; empty with an endpoint of one's own. */
  readonly announcements: Announcements;
  /**
   * Has each call to the embedded services pass an interceptor, behind those that there are. Returns how to
   * take it away again. With an endpoint of one's own, no call passes here.
   */
  intercept(interceptor: Interceptor): () => void;
  /** Faults of the embedded services; none to begin with. */
  readonly faults: Pick<AwsFaults, "set" | "struck">;
  statistics(): EnvironmentStatistics;
  /** Ends everything that was started, functions in the middle of their work too. */
  close(): Promise<void>;
}

/**
 * Starts the system that the synthesized template describes: its resources at the embedded AWS
 * services, its functions in processes of their own, its API on a gateway, its event sources and
 * schedules.
 *
 * @throws when the template holds what can't be run here. What had been started is ended then.
 */
export async function startEnvironment(options: EnvironmentOptions = {}): Promise<Environment> {
  const directory = mkdtempSync(path.join(os.tmpdir(), "segment-export-local-"));
  const closers: (() => Promise<void> | void)[] = [
    () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }),
  ];
  const close = async (): Promise<void> => {
    // In the reverse order of starting: nothing loses what it stands on.
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) await closer();
  };
  try {
    return { ...(await start(options, directory, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  options: EnvironmentOptions,
  directory: string,
  closers: (() => Promise<void> | void)[],
): Promise<Omit<Environment, "close">> {
  const report = options.onProblem ?? ((line: string) => console.error(line));
  const reportFrom =
    (where: string) =>
    (problem: unknown): void =>
      report(`${where}: ${problem instanceof Error ? problem.message : String(problem)}`);

  const template = loadTemplate(options.templateDirectory ?? (await synthesizedAssembly()));
  checkResourceTypes(template.body);

  const counter = createRequestCounter();
  const front = createFront();
  const faults = createAwsFaults();
  let deliver: Deliver = () => Promise.resolve();
  const announcements = createAnnouncements();
  const schedules = createSchedules(
    options.scheduleClock ?? systemClock,
    (target, input, groupArn) => deliver(target, input, groupArn),
  );
  closers.push(() => schedules.close());

  const services =
    options.awsEndpoint === undefined
      ? await startEmbeddedServices(
          directory,
          schedules,
          announcements,
          counter,
          front,
          options.messageDelayFactor,
        )
      : foreignServices(options.awsEndpoint);
  closers.push(() => services.close());
  const clients = createAwsClients(services.endpoints);
  closers.push(() => clients.close());

  // The template may ask for the API's address before the API can be described.
  let answer: Parameters<typeof serveOnLoopback>[0] = (_request, response) =>
    response.writeHead(503).end();
  const gateway = await serveOnLoopback(
    (request, response) => answer(request, response),
    options.port,
  );
  closers.push(() => gateway.close());

  // An endpoint of one's own knows one key.
  const credentialsOf = (caller: AwsCaller): AwsCredentials =>
    front.callers.credentialsOf(options.awsEndpoint === undefined ? caller : { kind: "owner" });
  const sqsClients = new Map<string, SQSClient>();
  closers.push(() => {
    for (const client of sqsClients.values()) client.destroy();
  });
  const sqsAs = (caller: AwsCaller): SQSClient => {
    const credentials = credentialsOf(caller);
    const client =
      sqsClients.get(credentials.accessKeyId) ??
      new SQSClient(clientConfiguration(services.endpoints.sqs, credentials));
    sqsClients.set(credentials.accessKeyId, client);
    return client;
  };

  const provisioned = await provision(template, clients, gateway.url);
  const created =
    options.awsEndpoint === undefined
      ? provisioned
      : new Map([
          ...provisioned,
          ...(await createForeignResources(
            template,
            resolverFor(template, provisioned, gateway.url),
            services.endpoints,
          )),
        ]);
  const resolve = resolverFor(template, created, gateway.url);
  const permissions =
    options.awsEndpoint === undefined && (options.enforcePermissions ?? true)
      ? createAuthorizer(
          templatePolicies(template, resolve),
          createPermissionUse(process.env[useDirectoryVariable]),
        )
      : undefined;
  if (permissions !== undefined) front.intercept(permissions.interceptor);
  const azure =
    options.azureStorage === true ? await startAzure(path.join(directory, "azure")) : undefined;
  closers.push(async () => azure?.close());
  const functionsDirectory = path.join(directory, "functions");
  mkdirSync(functionsDirectory);
  const described = functionDefinitions(template, resolve, options.environmentOverrides ?? {});
  if (azure !== undefined) {
    trustRoles(azure.app, services.endpoints.sts, readersOfSources(described));
  }
  const functions = createFunctionHost({
    definitions: azure === undefined ? described : withAzure(described, azure),
    endpoints: endpointVariables(services.endpoints),
    credentialsOf: (definition) => credentialsOf(callerOf(definition)),
    directory: functionsDirectory,
    // With the functions' code, so that it is there as long as they are.
    compileCacheDirectory: path.join(template.directory, "compile-cache"),
    clock: systemClock,
    accountConcurrency: options.accountConcurrency,
    maximumConcurrency: options.maximumConcurrency,
  });
  closers.push(() => functions.close());

  const api = describeHttpApi(template, resolve);
  const authorizer = api.routes.find((route) => route.authorizer !== undefined)?.authorizer;
  const expects = {
    issuer: authorizer?.issuer ?? gateway.url,
    audience: authorizer?.audience[0] ?? "local",
  };
  const key = await createSigningKey();
  const issuer = await startTokenIssuer({
    issuer: expects.issuer,
    clientId: expects.audience,
    key,
  });
  closers.push(() => issuer.close());
  const shown = await options.console?.({
    ...{ template, resolve, apiUrl: gateway.url, key, expects },
  });
  closers.push(async () => shown?.close());
  const answerRoute = createGateway({
    api,
    jwksUrlOf: () => issuer.jwksUrl,
    invoke: functions.invoke,
  });
  answer = (request, response) => {
    counter.count("apigateway", "Request", Number(request.headers["content-length"] ?? 0));
    return answerRoute(request, response);
  };

  const queueUrlOf = (arn: string): string | undefined =>
    [...created.values()].find(({ attributes }) => attributes["Arn"] === arn)?.ref;
  const deliverSchedule = scheduleDelivery(
    functions,
    permissions,
    sqsAs,
    queueUrlOf,
    reportFrom("schedule"),
  );
  deliver = (target, input, groupArn) => {
    counter.count("scheduler", "Invocation", Buffer.byteLength(input));
    return deliverSchedule(target, input, groupArn);
  };
  createTemplateSchedules(template, resolve, schedules);

  const pollers = eventSourceMappings(template, resolve, created).map((mapping) =>
    startSqsPoller({
      mapping,
      // A mapping reads its queue as the function that it reads for.
      sqs: sqsAs(callerOf(functions.definition(mapping.functionName))),
      invoke: functions.invoke,
      onProblem: reportFrom(`queue ${mapping.queueArn}`),
    }),
  );
  closers.push(async () => {
    await Promise.all(pollers.map((poller) => poller.close()));
  });

  const resources = environmentResources(template, resolve);
  const statistics = (): EnvironmentStatistics => ({
    requests: counter.statistics(),
    capacities: counter.capacities(),
    functions: functions.statistics(),
  });
  // Last, so that what a caller may not do is refused before it can fail.
  front.intercept(faults.interceptor);
  const control = await startControlEndpoint({
    ...{ functions, resources, announcements, statistics, faults },
  });
  closers.push(() => control.close());

  const tokenFor = (
    role: (typeof roleSchema.enum)[keyof typeof roleSchema.enum],
  ): Promise<string> =>
    issuer.issue({ username: `local-${role.toLowerCase()}`, subject: role, groups: [role] });
  const [administrator, contributor, viewer] = await Promise.all([
    tokenFor("Administrator"),
    tokenFor("Contributor"),
    tokenFor("Viewer"),
  ]);
  return {
    apiUrl: gateway.url,
    console: shown,
    controlUrl: control.url,
    tokens: { administrator, contributor, viewer },
    issueToken: issuer.issue,
    endpoints: services.endpoints,
    resources,
    azure,
    functions,
    announcements,
    intercept: front.intercept,
    faults,
    statistics,
  };
}

function callerOf({ logicalId, name, roleArn }: FunctionDefinition): AwsCaller {
  return { kind: "function", logicalId, functionName: name, roleArn };
}
