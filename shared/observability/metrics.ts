import { Metrics as EmbeddedMetrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MetricName, Metrics } from "../ports";

/** CloudWatch's namespace of all measurements; its dimension `service` is the stage. */
export const METRICS_NAMESPACE = "KlaviyoSegmentExport";

const units: Record<MetricName, (typeof MetricUnit)[keyof typeof MetricUnit]> = {
  ProfilesSent: MetricUnit.Count,
  ProfilesRejected: MetricUnit.Count,
  ProfilesUnsent: MetricUnit.Count,
  RunsEnded: MetricUnit.Count,
  RunsFailed: MetricUnit.Count,
  RunsSkipped: MetricUnit.Count,
  SecondsToFinish: MetricUnit.Seconds,
  ImportJobs: MetricUnit.Count,
  OldestChunkAge: MetricUnit.Seconds,
};

/**
 * Measurements as log lines in CloudWatch's embedded metric format: CloudWatch makes metrics of them without
 * any call being made. Each call writes a line of its own, so that work done side by side does not mix.
 */
export function createMetrics(stage: string): Metrics {
  return {
    put(values, dimensions) {
      const line = new EmbeddedMetrics({ namespace: METRICS_NAMESPACE, serviceName: stage });
      if (dimensions !== undefined) {
        line.addDimensions(dimensions);
      }
      for (const [name, unit] of Object.entries(units)) {
        const value = isMetricName(name) ? values[name] : undefined;
        if (value !== undefined) {
          line.addMetric(name, unit, value);
        }
      }
      line.publishStoredMetrics();
    },
  };
}

function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(units, name);
}
