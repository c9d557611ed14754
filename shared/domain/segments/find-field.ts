/**
 * The index of a field: by its exact name (the first, if there are several), else by its plain name, if exactly one
 * field has that.
 */
export function findField(fields: readonly string[], wanted: string): number | undefined {
  const exact = fields.indexOf(wanted);
  if (exact >= 0) {
    return exact;
  }
  const plain = plainFieldName(wanted);
  const alike = fields.flatMap((name, index) => (plainFieldName(name) === plain ? [index] : []));
  return alike.length === 1 ? alike[0] : undefined;
}

/** A field's name without regard to case, outer space and characters that nobody sees. */
export function plainFieldName(name: string): string {
  return name
    .replace(/\p{Cf}/gu, "")
    .trim()
    .toLowerCase();
}
