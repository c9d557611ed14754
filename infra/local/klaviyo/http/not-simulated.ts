/**
 * The operations on profiles, lists and bulk jobs that Klaviyo's document (revision 2026-07-15) has and the simulator
 * has not, by id, method and path: they are answered 501 by name, so that nobody takes them for misspelt.
 */
export const notSimulated = [
  ["get_tags_for_list", "GET", "lists/{id}/tags"],
  ["get_tag_ids_for_list", "GET", "lists/{id}/relationships/tags"],
  ["get_flows_triggered_by_list", "GET", "lists/{id}/flow-triggers"],
  ["get_ids_for_flows_triggered_by_list", "GET", "lists/{id}/relationships/flow-triggers"],
  ["get_bulk_suppress_profiles_jobs", "GET", "profile-suppression-bulk-create-jobs"],
  ["get_bulk_suppress_profiles_job", "GET", "profile-suppression-bulk-create-jobs/{id}"],
  ["get_bulk_unsuppress_profiles_jobs", "GET", "profile-suppression-bulk-delete-jobs"],
  ["bulk_unsuppress_profiles", "POST", "profile-suppression-bulk-delete-jobs"],
  ["get_bulk_unsuppress_profiles_job", "GET", "profile-suppression-bulk-delete-jobs/{id}"],
  ["get_push_tokens", "GET", "push-tokens"],
  ["create_push_token", "POST", "push-tokens"],
  ["get_push_token", "GET", "push-tokens/{id}"],
  ["delete_push_token", "DELETE", "push-tokens/{id}"],
  ["get_profile_for_push_token", "GET", "push-tokens/{id}/profile"],
  ["get_profile_id_for_push_token", "GET", "push-tokens/{id}/relationships/profile"],
  ["merge_profiles", "POST", "profile-merge"],
  ["get_push_tokens_for_profile", "GET", "profiles/{id}/push-tokens"],
  ["get_push_token_ids_for_profile", "GET", "profiles/{id}/relationships/push-tokens"],
  ["get_lists_for_profile", "GET", "profiles/{id}/lists"],
  ["get_list_ids_for_profile", "GET", "profiles/{id}/relationships/lists"],
  ["get_segments_for_profile", "GET", "profiles/{id}/segments"],
  ["get_segment_ids_for_profile", "GET", "profiles/{id}/relationships/segments"],
  ["get_conversation_for_profile", "GET", "profiles/{id}/conversation"],
  ["get_conversation_id_for_profile", "GET", "profiles/{id}/relationships/conversation"],
  ["get_conversations_for_profile", "GET", "profiles/{id}/conversations"],
  ["get_conversation_ids_for_profile", "GET", "profiles/{id}/relationships/conversations"],
] as const;
