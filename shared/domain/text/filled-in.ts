/** A text with each `{name}` replaced by the value of that name; one without a value stays as it stands. */
export function filledIn(
  text: string,
  values: Readonly<Record<string, string | number | undefined>>,
): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(values[name] ?? placeholder),
  );
}
