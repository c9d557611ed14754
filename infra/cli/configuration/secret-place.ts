import * as z from "zod";

/** Where something secret is found when it is needed. It is never in the file itself. */
export const secretPlaceSchema = (what: string) =>
  z.union(
    [
      z.strictObject({
        env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of a variable"),
      }),
      z.strictObject({ file: z.string().min(1) }),
    ],
    {
      error: `names where ${what} is: {env: VARIABLE} or {file: PATH}; ${what} itself never goes here`,
    },
  );
