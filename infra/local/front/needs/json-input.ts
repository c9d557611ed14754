import * as z from "zod";

const recordSchema = z.record(z.string(), z.unknown());

/** A JSON body's properties; none when it is no object, which the service itself refuses. */
export function jsonInput(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return recordSchema.safeParse(JSON.parse(body.toString("utf8"))).data ?? {};
  } catch {
    return {};
  }
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
