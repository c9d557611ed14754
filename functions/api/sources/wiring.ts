import { environmentOf } from "../../wiring/environment";
import { once } from "../../wiring/once";
import {
  audit,
  clock,
  exportsStore,
  ids,
  log,
  people,
  requests,
  tokenRules,
} from "../../wiring/parts";
import { folderOpener, sourceFindings, sources, sourceSecrets } from "../../wiring/source-parts";
import { definition } from "./definition";

/** What the function is wired with; made when it first needs it. */
export const sourcesApiDependencies = /* @__PURE__ */ once(() => {
  const environment = environmentOf(definition);
  const secrets = sourceSecrets(environment);
  return {
    sources: sources(environment),
    findings: sourceFindings(environment),
    secrets,
    allExports: exportsStore(environment),
    openFolder: folderOpener(environment, secrets, "modelAlone"),
    segmentsBucket: environment.SEGMENTS_BUCKET,
    requests: requests(environment),
    audit: audit(environment),
    clock,
    ids,
    people: people(environment),
    log: log(definition.label, environment),
    tokens: tokenRules(environment),
  };
});
