import * as z from "zod";

/** Lambda's levels, the most detailed first (developer guide, "Log-level filtering"). */
const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
export const logLevelSchema = z.enum(levels);
export type LogLevel = z.infer<typeof logLevelSchema>;

const levelOfLine = z.object({ level: z.string().toUpperCase().pipe(logLevelSchema) });

/**
 * Whether Lambda hands a line that a function wrote on to CloudWatch. A line without a level counts as INFO,
 * measurements in the embedded metric format among them.
 *
 * @param least the function's application log level; without one nothing is filtered (plain text).
 */
export function isKept(text: string, least: LogLevel | undefined): boolean {
  return least === undefined || levels.indexOf(levelOf(text)) >= levels.indexOf(least);
}

function levelOf(text: string): LogLevel {
  // Most lines are looked at for their level only: what can't be an object is not parsed.
  if (!text.startsWith("{")) return "INFO";
  try {
    const parsed = levelOfLine.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.level : "INFO";
  } catch {
    return "INFO";
  }
}
