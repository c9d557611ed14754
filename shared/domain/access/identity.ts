import * as z from "zod";

/**
 * What a caller is, the highest first: administrators own connections, contributors manage exports on shared
 * connections, viewers read. What each may do is in the access table.
 */
export const roleSchema = z.enum(["Administrator", "Contributor", "Viewer"]);
export type Role = z.infer<typeof roleSchema>;

/** The caller, as the access token says. */
export interface Caller {
  /** The token's `sub`: stable, and no email address. */
  readonly userId: string;
  readonly role: Role;
  /**
   * As the token has it, perhaps an email address. It is kept when the caller changes something, for others to see who
   * it was; one that is an email address only administrators are shown.
   */
  readonly name?: string | undefined;
}
