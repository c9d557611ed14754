/**
 * The same part, each call of whose methods goes through `around`: it may fail before the call has had its effect, or
 * after, or not make it.
 */
export function aroundCalls<Part extends object>(
  part: Part,
  around: (method: string, call: () => Promise<unknown>) => Promise<unknown>,
): Part {
  return new Proxy(part, {
    get(target, name, receiver) {
      const found: unknown = Reflect.get(target, name, receiver);
      return typeof found === "function"
        ? (...given: unknown[]): Promise<unknown> =>
            around(String(name), async () => Reflect.apply(found, target, given))
        : found;
    },
  });
}
