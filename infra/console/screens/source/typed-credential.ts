import * as z from "zod";
import { federatedAppSchema } from "../../../../shared/domain/sources/federated-app";
import { accountKeySchema, sasTokenSchema } from "../../../../shared/domain/sources/sas-token";

/** Ways into Azure, the one without a secret first. */
export const credentialKinds = ["federated", "sasToken", "accountKey"] as const;

/** What lets in, as somebody types it; what is not of the chosen kind is not sent. */
export interface TypedCredential {
  readonly kind: (typeof credentialKinds)[number];
  readonly tenantId: string;
  readonly clientId: string;
  readonly secret: string;
}

export const nothingTyped: TypedCredential = {
  ...{ kind: "federated", tenantId: "", clientId: "", secret: "" },
};

const typedSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("federated"), ...federatedAppSchema.shape }),
  z.object({ kind: z.literal("sasToken"), sasToken: sasTokenSchema }),
  z.object({ kind: z.literal("accountKey"), accountKey: accountKeySchema }),
]);

/** The fields that are wrong, or the credential to send. */
export function readTyped({
  kind,
  tenantId,
  clientId,
  secret,
}: TypedCredential):
  | { readonly ok: true; readonly credential: z.output<typeof typedSchema> }
  | { readonly ok: false; readonly wrong: ReadonlySet<string> } {
  const read = typedSchema.safeParse(
    kind === "federated" ? { kind, tenantId, clientId } : { kind, [kind]: secret },
  );
  return read.success
    ? { ok: true, credential: read.data }
    : { ok: false, wrong: new Set(read.error.issues.map(({ path }) => String(path[0]))) };
}
