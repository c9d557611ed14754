import * as z from "zod";
import { connectionSettingsSchema } from "../../../../shared/domain/connections/connection";

const NAME = "klaviyo-sign-in";

/** What a sign-in to Klaviyo was begun for. It is kept by this tab while the person is at Klaviyo. */
const pendingSignInSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("create"),
    state: z.string(),
    settings: connectionSettingsSchema,
    /** The screen that needs the connection, and is told of it. @default the connection's own */
    returnTo: z
      .string()
      .regex(/^\/(?!\/)/)
      .optional(),
  }),
  z.object({ kind: z.literal("replaceKey"), state: z.string(), connectionId: z.string() }),
]);
export type PendingSignIn = z.infer<typeof pendingSignInSchema>;

export function keepPendingSignIn(pending: PendingSignIn): void {
  window.sessionStorage.setItem(NAME, JSON.stringify(pending));
}

/** What the sign-in with this state was begun for; nothing if it was not begun in this tab. */
export function pendingSignInOf(state: string | undefined): PendingSignIn | undefined {
  try {
    const pending = pendingSignInSchema.safeParse(
      JSON.parse(window.sessionStorage.getItem(NAME) ?? "null"),
    ).data;
    return pending?.state === state ? pending : undefined;
  } catch {
    return undefined;
  }
}

export function forgetPendingSignIn(): void {
  window.sessionStorage.removeItem(NAME);
}
