import { definition as connectionsApi } from "./api/connections/definition";
import { definition as descriptionApi } from "./api/description/definition";
import { definition as callerApi } from "./api/caller/definition";
import { definition as auditApi } from "./api/audit/definition";
import { definition as segmentsApi } from "./api/segments/definition";
import { definition as sourcesApi } from "./api/sources/definition";
import { definition as exportsApi } from "./api/exports/definition";
import { definition as runsApi } from "./api/runs/definition";
import { definition as explanationsApi } from "./api/explanations/definition";
import { definition as schedulesApi } from "./api/schedules/definition";
import { definition as startRuns } from "./jobs/start-runs/definition";
import { definition as prepareRun } from "./jobs/prepare-run/definition";
import { definition as pushChunks } from "./jobs/push-chunks/definition";
import { definition as confirmRun } from "./jobs/confirm-run/definition";
import { definition as settleRun } from "./jobs/settle-run/definition";
import { definition as watchRuns } from "./jobs/watch-runs/definition";
import type { FunctionDefinition } from "../shared/config/function-definition";

/** Every function of the system. */
export const functionDefinitions = {
  connectionsApi,
  descriptionApi,
  callerApi,
  auditApi,
  segmentsApi,
  sourcesApi,
  exportsApi,
  runsApi,
  explanationsApi,
  schedulesApi,
  startRuns,
  prepareRun,
  pushChunks,
  confirmRun,
  settleRun,
  watchRuns,
} as const satisfies Record<string, FunctionDefinition>;

export type FunctionName = keyof typeof functionDefinitions;

export const functionNames: readonly FunctionName[] =
  Object.keys(functionDefinitions).filter(isFunctionName);

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functionDefinitions, name);
}
