import * as z from "zod";

// The grammar of the IAM JSON policy language, as far as templates here use it. Whatever else a policy says
// is refused: a policy that is read otherwise than AWS reads it would be worse than none.
const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const conditionValues = z
  .union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.union([z.string(), z.number(), z.boolean()])),
  ])
  .transform((value) => [value].flat().map(String));
const principal = z.union([
  z.literal("*").transform(() => ({ AWS: ["*"], Service: undefined })),
  z.strictObject({ AWS: texts.optional(), Service: texts.optional() }),
]);

const statementSchema = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(["Allow", "Deny"]),
    Principal: principal.optional(),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
    Condition: z.record(z.string(), z.record(z.string(), conditionValues)).default({}),
  })
  .refine((statement) => (statement.Action === undefined) !== (statement.NotAction === undefined), {
    error: "A statement has either Action or NotAction.",
  });

const documentSchema = z.strictObject({
  // The older version knows no policy variables.
  Version: z.literal("2012-10-17"),
  Id: z.string().optional(),
  Statement: z
    .union([statementSchema, z.array(statementSchema)])
    .transform((statements) => [statements].flat()),
});

export type PolicyStatement = z.output<typeof statementSchema>;
export type PolicyDocument = z.output<typeof documentSchema>;

/**
 * Reads a policy document whose intrinsic functions have been resolved.
 *
 * @param name where it stands, for the error.
 * @throws when it says what is not understood here.
 */
export function readPolicyDocument(name: string, document: unknown): PolicyDocument {
  const parsed = documentSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new Error(
    `${name} is no policy that can be enforced here: ${z.prettifyError(parsed.error)}`,
  );
}
