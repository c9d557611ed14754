import type { Construct } from "constructs";
import type { FunctionEnvironment, FunctionName } from "../../../shared/config/environment";
import type { StageConfig, StageName } from "../../stage-config";
import type { FunctionBundles } from "./function-bundles";
import type { Permission } from "./permission";
import { ServiceFunction } from "./service-function";

export interface ServiceFunctionsProps {
  readonly stage: StageName;
  readonly config: StageConfig;
  readonly bundles: FunctionBundles;
  readonly environments: { readonly [Name in FunctionName]: FunctionEnvironment<Name> };
  readonly permissions: Readonly<Record<FunctionName, readonly Permission[]>>;
}

/** Every function of the catalogue. */
export function serviceFunctions(
  scope: Construct,
  props: ServiceFunctionsProps,
): { readonly [Name in FunctionName]: ServiceFunction<Name> } {
  const { environments, permissions, ...shared } = props;
  const make = <Name extends FunctionName>(id: string, name: Name): ServiceFunction<Name> =>
    new ServiceFunction(scope, id, {
      ...shared,
      name,
      environment: environments[name],
      permissions: permissions[name],
    });
  return {
    connectionsApi: make("ConnectionsApi", "connectionsApi"),
    descriptionApi: make("DescriptionApi", "descriptionApi"),
    auditApi: make("AuditApi", "auditApi"),
    segmentsApi: make("SegmentsApi", "segmentsApi"),
    exportsApi: make("ExportsApi", "exportsApi"),
    runsApi: make("RunsApi", "runsApi"),
    schedulesApi: make("SchedulesApi", "schedulesApi"),
    startRuns: make("StartRuns", "startRuns"),
    prepareRun: make("PrepareRun", "prepareRun"),
    pushChunks: make("PushChunks", "pushChunks"),
    confirmRun: make("ConfirmRun", "confirmRun"),
    settleRun: make("SettleRun", "settleRun"),
    settleDeadLetters: make("SettleDeadLetters", "settleDeadLetters"),
    watchRuns: make("WatchRuns", "watchRuns"),
  };
}
