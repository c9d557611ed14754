import type { JobDefinition } from "../../../shared/config/function-definition";

export const definition = {
  kind: "job",
  label: "settle-run",
  description: "Ends a run: rejection report, snapshot, numbers and status",
  memory: 3008,
  ampleMemory: 4096,
  timeoutSeconds: 900,
  storage: 10240,
  duckdb: true,
  worksOn: "settle",
  loopsBecause:
    "A settlement that AWS's own trouble holds up is put off by a new message, for up to a day.",
  needs: [
    "connections",
    "exports",
    {
      need: "runs",
      also: [{ sid: "ListChunks", actions: ["Query"] }],
      because: "A run is accounted for chunk by chunk.",
    },
    {
      need: "work",
      also: [
        { sid: "DeleteStaging", below: "staging/", actions: ["DeleteObject"] },
        { sid: "DeleteReports", below: "reports/", actions: ["DeleteObject"] },
        { sid: "DeleteSnapshots", below: "snapshots/", actions: ["DeleteObject"] },
        { sid: "WriteReport", below: "reports/", actions: ["PutObject"] },
        // Who is to be subscribed is found in what Klaviyo has confirmed.
        { sid: "Snapshots", below: "snapshots/", actions: ["GetObject", "PutObject"] },
      ],
      because:
        "It writes the report and the snapshot, deletes older snapshots, and what a run left whose connection was removed meanwhile.",
    },
    "runRecords",
    "announcements",
    "confirmQueue",
  ],
  sends: { sid: "SubscribeMembers", to: ["confirm"] },
} as const satisfies JobDefinition;
