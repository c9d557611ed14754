import type {
  SegmentDescriptions,
  SegmentReader,
  SegmentSettingsStore,
  SegmentSource,
} from "../../../shared/ports";
import type { ApiDependencies } from "../../middleware/api";
import type { ChangeDependencies } from "../../middleware/audit-changes";

/** What the use cases behind the function's routes need. */
export interface SegmentsApiDependencies extends ApiDependencies, ChangeDependencies {
  readonly segments: Pick<SegmentSource, "list" | "exists" | "pin">;
  readonly reader: SegmentReader;
  readonly descriptions: SegmentDescriptions;
  readonly segmentSettings: SegmentSettingsStore;
}
