/** Parses JSON; undefined when it is none, such as the page of a front-end server. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
