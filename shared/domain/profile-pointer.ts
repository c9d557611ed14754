const PROFILE_POINTER = /^\/data\/attributes\/profiles\/data\/(\d+)(?:\/|$)/;

/**
 * The position of the profile that a JSON pointer of Klaviyo's names within an import job's body; null
 * when it names something else. Recorded form: `/data/attributes/profiles/data/{i}/attributes/email`.
 */
export function profilePosition(pointer: string | null): number | null {
  const position = pointer === null ? undefined : PROFILE_POINTER.exec(pointer)?.[1];
  return position === undefined ? null : Number(position);
}
