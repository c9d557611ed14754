import * as z from "zod";

/** The file beside the console's page that tells it where it is. Written at each deployment, never cached. */
export const CONSOLE_CONFIG_PATH = "/config.json";

/** Where the issuer sends people back to, once they have signed in: a path of the console. */
export const SIGNED_IN_PATH = "/signed-in";
/** Where Klaviyo sends a person back to who signed in there: `redirectUris.console` of the app in Klaviyo. */
export const KLAVIYO_SIGNED_IN_PATH = "/klaviyo-signed-in";

/** The same, once they have signed out. */
export const SIGNED_OUT_PATH = "/signed-out";

/** An address that others are asked for by: without a trailing slash, so that paths can be appended. */
const addressSchema = z.url({ protocol: /^https?$/ }).refine((address) => !address.endsWith("/"), {
  message: "must not end with a slash",
});

/** What the console is told as it starts, so that one bundle serves every stage. Holds nothing secret. */
export const consoleConfigSchema = z.object({
  /** Where the REST API answers. */
  apiUrl: addressSchema,
  /** The stage's name, as people see it. */
  stage: z.string().min(1),
  /** The AWS region of the stage; none on a laptop. */
  region: z.string().min(1).optional(),
  /** The OpenID Connect issuer, exactly as in its tokens' `iss`; its configuration is found below it. */
  authority: z.url({ protocol: /^https?$/ }),
  /** The public client of that issuer through which people sign in here. */
  clientId: z.string().min(1),
  /** The scopes to ask for, separated by spaces. */
  scope: z.string().min(1),
  /** The API's name at the issuer (RFC 8707), for issuers that want to be told for whom the token is. */
  resource: z.string().min(1).optional(),
  /** How one signs out of the issuer too. */
  signOut: z.discriminatedUnion("kind", [
    z.object({
      /** By the `end_session_endpoint` of the issuer's configuration, where it has one. */
      kind: z.literal("oidc"),
    }),
    z.object({
      /** By Cognito's own page, which wants `client_id` and `logout_uri`. */
      kind: z.literal("cognito"),
      /** Its address: `https://<domain>/logout`. */
      endpoint: z.url({ protocol: /^https$/ }),
    }),
  ]),
  /** The version of the system that was deployed, so that an open tab can notice a newer one. */
  version: z.string().min(1),
});
export type ConsoleConfig = z.infer<typeof consoleConfigSchema>;
