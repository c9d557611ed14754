import { useCallback, useState } from "react";
import type * as z from "zod";

const PREFIX = "draft:";

/**
 * What somebody is typing, kept by this tab until it is saved or thrown away: signing in again, or loading the page
 * anew, loses nothing. A draft of an older version of the console that does not fit any more is not there.
 *
 * @param name what is being drafted, such as `export:new`
 */
export function useDraft<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
): {
  readonly draft: z.output<Schema> | undefined;
  readonly keep: (draft: z.input<Schema>) => void;
  readonly discard: () => void;
} {
  const [draft] = useState(() => readDraft(name, schema));
  const keep = useCallback(
    (kept: z.input<Schema>) => window.sessionStorage.setItem(PREFIX + name, JSON.stringify(kept)),
    [name],
  );
  const discard = useCallback(() => window.sessionStorage.removeItem(PREFIX + name), [name]);
  return { draft, keep, discard };
}

function readDraft<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
): z.output<Schema> | undefined {
  const kept = window.sessionStorage.getItem(PREFIX + name);
  if (kept === null) {
    return undefined;
  }
  try {
    return schema.safeParse(JSON.parse(kept)).data;
  } catch {
    return undefined;
  }
}
