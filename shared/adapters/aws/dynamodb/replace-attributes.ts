/** The parts of an update of an item. */
export interface AttributeUpdate {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The update after which an item has of the named attributes exactly what is given: those that are not given, or are
 * given as undefined, are removed. What is given besides is not written.
 */
export function replaceAttributes(
  names: readonly string[],
  given: Readonly<Record<string, unknown>>,
): AttributeUpdate {
  const isGiven = (name: string): boolean => given[name] !== undefined;
  const set = names.filter(isGiven).map((name) => `#${name} = :${name}`);
  const removed = names.filter((name) => !isGiven(name)).map((name) => `#${name}`);
  return {
    expression: [
      ...(set.length === 0 ? [] : [`SET ${set.join(", ")}`]),
      ...(removed.length === 0 ? [] : [`REMOVE ${removed.join(", ")}`]),
    ].join(" "),
    // Some attributes have names that DynamoDB's expressions reserve.
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(names.filter(isGiven).map((name) => [`:${name}`, given[name]])),
  };
}

/** The update that sets what is given, and leaves alone what is given as undefined. */
export function setAttributes(given: Readonly<Record<string, unknown>>): AttributeUpdate {
  return replaceAttributes(
    Object.keys(given).filter((name) => given[name] !== undefined),
    given,
  );
}
