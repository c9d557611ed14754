import * as z from "zod";

const profileSchema = z.object({ attributes: z.object({ email: z.string() }) });

/** Whose profile it is that is sent; undefined where it says not. */
export function emailOf(profile: unknown): string | undefined {
  return profileSchema.safeParse(profile).data?.attributes.email;
}
