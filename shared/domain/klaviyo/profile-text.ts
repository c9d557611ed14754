/**
 * The texts that a profile is put together from, in this order: an element of a body's profiles. Each group of
 * values is left out when it is empty. A value is written `"name":value`, and commas part them; a name that is to
 * be unset is written `"name"`.
 */
export const profileText = {
  beforeEmail: '{"type":"profile","attributes":{"email":"',
  afterEmail: '"',
  groups: {
    profile: { before: ",", after: "" },
    location: { before: ',"location":{', after: "}" },
    properties: { before: ',"properties":{', after: "}" },
  },
  unset: { before: '},"meta":{"patch_properties":{"unset":[', after: "]}}}" },
  /** Ends a profile of which nothing is unset. */
  end: "}}",
} as const;
