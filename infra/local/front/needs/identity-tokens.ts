import type { UnderstoodRequest } from "../aws-request";

/** The values of a parameter that is a list, as AWS Query numbers them. */
export function listIn(input: Readonly<Record<string, string>>, name: string): readonly string[] {
  return Object.entries(input)
    .filter(([key]) => new RegExp(`^${name}\\.member\\.\\d+$`).test(key))
    .map(([, value]) => value);
}

/** A request to STS, whose actions here know no resources. */
export function understandSts(
  action: string,
  input: Readonly<Record<string, string>>,
): UnderstoodRequest {
  const given = (key: string, name: string): Record<string, readonly string[]> => {
    const value = input[name];
    return value === undefined ? {} : { [key]: [value] };
  };
  const audiences = listIn(input, "Audience");
  const context = {
    ...given("sts:SigningAlgorithm", "SigningAlgorithm"),
    ...given("sts:DurationSeconds", "DurationSeconds"),
    ...(audiences.length === 0 ? {} : { "sts:IdentityTokenAudience": audiences }),
  };
  return { service: "sts", action, needs: [{ action: `sts:${action}`, resource: "*", context }] };
}
