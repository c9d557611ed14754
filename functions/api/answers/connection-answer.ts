import type * as z from "zod";
import { connectionSchema } from "../../../shared/domain/connection";
import type { ConnectionView } from "../../../shared/use-cases/view-connections";

/** What a contributor is shown of a connection. */
export const connectionSummarySchema = connectionSchema.pick({
  connectionId: true,
  displayName: true,
  type: true,
});

/** What an administrator is shown: everything but where the key is kept. */
export const connectionAnswerSchema = connectionSchema.omit({ secretArn: true });

export function presentConnection(
  view: ConnectionView,
): z.infer<typeof connectionSummarySchema> | z.infer<typeof connectionAnswerSchema> {
  switch (view.kind) {
    case "full":
      return connectionAnswerSchema.parse(view.connection);
    case "summary":
      return connectionSummarySchema.parse(view.connection);
  }
}
