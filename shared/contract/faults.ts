import type * as z from "zod";

/** What is wrong with a value, where, and in words for whoever sent it. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** Every fault that a schema found, a field that there is not among them by its own path. */
export function faultsOf({ issues }: Pick<z.ZodError, "issues">): readonly Fault[] {
  return issues.flatMap((outer) => {
    const issue = innermost(outer);
    return issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: [...issue.path, key], text: "there is no such field" }))
      : [{ path: issue.path, text: textOf(issue) }];
  });
}

/**
 * What is wrong within the one form of several that the value was meant to have: of a name or an object,
 * an object is at fault in what it holds, not in being none of both.
 */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") {
    return issue;
  }
  const meant = issue.errors.flatMap((issues) => {
    const [first] = issues;
    const otherForm = first?.code === "invalid_type" && first.path.length === 0;
    return first === undefined || otherForm ? [] : [first];
  });
  return meant[0] === undefined || meant.length > 1
    ? issue
    : innermost({ ...meant[0], path: [...issue.path, ...meant[0].path] });
}

function textOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_type" && issue.message.endsWith("received undefined")
    ? "is required"
    : issue.message;
}
