/**
 * Has a part made when it is first asked for, and keeps it; what could not be made is tried again. The annotations
 * tell the bundler that what a function does not use can be left out of its bundle, with all that it imports.
 */
/* @__NO_SIDE_EFFECTS__ */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
