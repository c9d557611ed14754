import type {
  ExportStore,
  IdGenerator,
  RequestLedger,
  SourceFindings,
  SourceSecrets,
  SourceStore,
} from "../../../shared/ports";
import type { OpenFolder } from "../../../shared/use-cases/sources/source-check";
import type { ApiDependencies } from "../../middleware/api";
import type { ChangeDependencies } from "../../middleware/audit-changes";

/** What the use cases behind the function's routes need. */
export interface SourcesApiDependencies extends ApiDependencies, ChangeDependencies {
  readonly requests: RequestLedger;
  readonly ids: IdGenerator;
  readonly sources: SourceStore;
  readonly findings: SourceFindings;
  readonly secrets: SourceSecrets;
  readonly allExports: Pick<ExportStore, "list">;
  readonly openFolder: OpenFolder;
  /** The bucket that is the built-in source. */
  readonly segmentsBucket: string;
}
