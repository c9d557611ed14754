import * as z from "zod";
import { holdsEmail } from "../profiles/email-like";
import type { Caller } from "./identity";

const userId = z.string().optional().catch(undefined);
const acknowledged = z
  .object({ acknowledgement: z.object({ agreedBy: userId }) })
  .optional()
  .catch(undefined);

/** Where things say who did something. */
const actorsSchema = z.object({
  createdBy: userId,
  updatedBy: userId,
  requestedBy: userId,
  exportUser: userId,
  actor: z.object({ userId }).optional().catch(undefined),
  detached: z.object({ by: userId }).optional().catch(undefined),
  consent: z.object({ agreedBy: userId }).optional().catch(undefined),
  subscription: acknowledged,
  settings: z.object({ subscription: acknowledged }).optional().catch(undefined),
});

/** The ids of the users who did something to a thing, each once. */
export function actorsOf(thing: unknown): readonly string[] {
  const found = actorsSchema.safeParse(thing).data;
  if (found === undefined) {
    return [];
  }
  const { createdBy, updatedBy, requestedBy, exportUser, actor, detached, consent } = found;
  const ids = [
    ...[createdBy, updatedBy, requestedBy, exportUser, actor?.userId, detached?.by],
    ...[consent?.agreedBy, found.subscription?.acknowledgement.agreedBy],
    found.settings?.subscription?.acknowledgement.agreedBy,
  ];
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** Whether a user's name may be shown to a caller: what is an email address only to administrators. */
export function mayBeShown(name: string, { role }: Pick<Caller, "role">): boolean {
  return role === "Administrator" || !holdsEmail(name);
}
