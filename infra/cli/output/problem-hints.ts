import { hint } from "./hints";

interface ToldProblem {
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** What to type against a problem, as a line of its own; undefined where its message says all. */
export function problemHint({ code, params }: ToldProblem): string | undefined {
  switch (code) {
    case "headerMissing":
    case "columnsDiffer": {
      const segment = params?.["segment"];
      const named = typeof segment === "string" ? segment : "SEGMENT";
      return `Name the columns, in their order, with: ${hint("segments", "set", named, "--columns", "email,first_name")}`;
    }
    default:
      return undefined;
  }
}
