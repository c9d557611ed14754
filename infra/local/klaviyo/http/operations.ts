/** Klaviyo's own operation ids (its OpenAPI document, revision 2026-07-15). */
export const OPERATIONS = [
  "get_accounts",
  "get_account",
  "get_lists",
  "create_list",
  "get_list",
  "update_list",
  "delete_list",
  "get_profiles_for_list",
  "get_profile_ids_for_list",
  "add_profiles_to_list",
  "remove_profiles_from_list",
  "get_profiles",
  "create_profile",
  "get_profile",
  "update_profile",
  "create_or_update_profile",
  "bulk_import_profiles",
  "get_bulk_import_profiles_jobs",
  "get_bulk_import_profiles_job",
  "get_errors_for_bulk_import_profiles_job",
  "get_profiles_for_bulk_import_profiles_job",
  "get_profile_ids_for_bulk_import_profiles_job",
  "get_list_for_bulk_import_profiles_job",
  "get_list_ids_for_bulk_import_profiles_job",
  "bulk_subscribe_profiles",
  "bulk_unsubscribe_profiles",
  "bulk_suppress_profiles",
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** What the authorization server does, which Klaviyo's document does not describe. */
export const SIGN_IN_OPERATIONS = ["oauth_authorize", "oauth_token", "oauth_revoke"] as const;
export type SignInOperation = (typeof SIGN_IN_OPERATIONS)[number];

/** The scopes of an API key that the simulated operations ask for. */
export const SCOPES = [
  "accounts:read",
  "lists:read",
  "lists:write",
  "profiles:read",
  "profiles:write",
  "subscriptions:write",
] as const;

export type Scope = (typeof SCOPES)[number];
