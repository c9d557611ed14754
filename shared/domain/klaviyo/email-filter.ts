/**
 * Klaviyo's filter that finds profiles by their emails. How many values `any` may have is not documented;
 * 100 is what clients are known to send, and what a page of answers holds.
 */
export const FILTER_MAX_EMAILS = 100;

/**
 * Bytes of the filter in the URL, percent-encoded. Servers and proxies commonly take request lines of 8 KB;
 * the path and the other parameters need a few hundred bytes.
 */
export const FILTER_MAX_BYTES = 6_000;

/** The filter's text; a value is quoted, with `"` and `\` escaped. */
export function emailFilter(emails: readonly string[]): string {
  return `any(email,[${emails.map(quoted).join(",")}])`;
}

/** Emails in their order, divided so that each part fits one filter. */
export function emailBatches(emails: readonly string[]): readonly (readonly string[])[] {
  const empty = encodedBytes(emailFilter([]));
  const batches: string[][] = [];
  let batch: string[] = [];
  let bytes = empty;
  for (const email of emails) {
    // With the comma before it, which is encoded as three bytes.
    const size = encodedBytes(quoted(email)) + 3;
    if (batch.length === FILTER_MAX_EMAILS || bytes + size > FILTER_MAX_BYTES) {
      batches.push(batch);
      batch = [];
      bytes = empty;
    }
    batch.push(email);
    bytes += size;
  }
  return [...batches, batch].filter(({ length }) => length > 0);
}

function quoted(email: string): string {
  return `"${email.replace(/["\\]/g, "\\$&")}"`;
}

function encodedBytes(text: string): number {
  return new URLSearchParams({ "": text }).toString().length;
}
