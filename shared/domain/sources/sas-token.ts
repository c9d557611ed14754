import * as z from "zod";

/**
 * A shared access signature, as the portal gives it: a query, with or without its question mark, or at the end of an
 * address. https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas
 */
export const sasTokenSchema = z
  .string()
  .trim()
  .min(1)
  .max(4_000)
  .transform((text) => text.slice(text.indexOf("?") + 1))
  .refine((token) => /^[A-Za-z0-9%&=_.:~+/-]+$/.test(token), "not a shared access signature")
  .refine((token) => new URLSearchParams(token).has("sig"), "a shared access signature has a sig")
  .refine(
    (token) => mayReadAndList(new URLSearchParams(token)),
    "the token must let read and list",
  );

/** A stored access policy (`si`) may say what the token itself does not. */
function mayReadAndList(token: URLSearchParams): boolean {
  const permissions = token.get("sp");
  return permissions === null
    ? token.has("si")
    : permissions.includes("r") && permissions.includes("l");
}

/** When a token says that it ends; undefined when it leaves that to a policy. */
export function endOfSasToken(token: string): Date | undefined {
  const end = Date.parse(new URLSearchParams(token).get("se") ?? "");
  return Number.isNaN(end) ? undefined : new Date(end);
}

/** An account's key: 64 bytes in base 64. */
export const accountKeySchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9+/]{40,200}={0,2}$/, "not the key of a storage account");
