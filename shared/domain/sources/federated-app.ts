import * as z from "zod";

/** Tenants and apps of Microsoft Entra are called by GUIDs. */
const guid = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    "a GUID, such as 72f988bf-86f1-41af-91ab-2d7cd011db47",
  );

/** An app of Microsoft Entra as which the functions are let in: nothing of it is secret. */
export const federatedAppSchema = z.object({
  tenantId: guid.describe("The directory (tenant) of Microsoft Entra in which the app is."),
  clientId: guid.describe("The application (client) id of the app."),
});
export type FederatedApp = z.infer<typeof federatedAppSchema>;

/** For whom the tokens are that prove to Microsoft Entra which function asks; its federated credentials expect it. */
export const ENTRA_AUDIENCE = "api://AzureADTokenExchange";

/** Seconds for which such a token is good: it is handed over at once. */
export const ENTRA_PROOF_SECONDS = 300;
