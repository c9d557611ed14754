import * as z from "zod";

/** `incremental` sends what changed since Klaviyo's last confirmation, `full` sends all. */
export const runModeSchema = z.enum(["incremental", "full"]);

/**
 * What may be said of one run when it is started. Each option has a usual value, which holds when nothing is said: so
 * are the runs that a schedule starts. The start's body, the run, its answer, the audit log and the command line take
 * the options from here; who may give one, and when, is in `checkRunOptions`.
 */
export const runOptionsSchema = z.strictObject({
  mode: runModeSchema
    .default("incremental")
    .describe("incremental sends what changed since Klaviyo's last confirmation, full sends all"),
  allowMassRemoval: z
    .boolean()
    .default(false)
    .describe("in sync mode mirror: remove those who left, however many they are"),
  reconcile: z
    .boolean()
    .default(false)
    .describe(
      "in sync mode mirror, for administrators: read the list, and take off it everybody who is no member, whoever put them there",
    ),
  resubscribe: z
    .boolean()
    .default(false)
    .describe("for administrators: subscribe also those who have unsubscribed, in this run alone"),
});
export type RunOptions = z.infer<typeof runOptionsSchema>;

/** The options of a run of which nothing is said. */
export const usualRunOptions: RunOptions = runOptionsSchema.parse({});

/** The options that make a difference to what a preview shows. */
export const previewOptionsSchema = runOptionsSchema.pick({ mode: true, reconcile: true });
export type PreviewOptions = z.infer<typeof previewOptionsSchema>;
export const usualPreviewOptions: PreviewOptions = previewOptionsSchema.parse({});

/** Those of a run's options that its preview has; what is not there is as usual. */
export function previewOptionsOf(options: Readonly<Partial<RunOptions>>): PreviewOptions {
  return z.object(previewOptionsSchema.shape).parse(options);
}

/**
 * The options as they are stored and told: the mode always, the others unless they are as usual; then they are
 * undefined. Version 0.1.0 can't read a `reconcile` or `resubscribe` that is `false`.
 */
export function toldOptions(options: Readonly<Partial<RunOptions>>): Record<string, unknown> {
  const usual = new Map<string, unknown>(Object.entries(usualRunOptions));
  return Object.fromEntries(
    Object.entries(options)
      .filter(([name]) => usual.has(name))
      .map(([name, value]) => {
        const isTold = name === "mode" || value !== usual.get(name);
        return [name, isTold ? value : undefined];
      }),
  );
}
