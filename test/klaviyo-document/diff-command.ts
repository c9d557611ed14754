import { compareCalls } from "./compare-calls";
import { readDocument } from "./document";
import { ourCalls } from "./our-calls";
import { createValidator } from "./validator";

/**
 * Says which of the exporter's calls and of the answers that it reads an OpenAPI document of Klaviyo's does not
 * have as they are: `npm run klaviyo:diff -- FILE`. Exits with 1 if any differs.
 */
async function main(): Promise<number> {
  const [file] = process.argv.slice(2);
  if (file === undefined) {
    console.error("Usage: npm run klaviyo:diff -- FILE, an OpenAPI document of Klaviyo's.");
    return 2;
  }
  const document = readDocument(file);
  const calls = await ourCalls();
  const findings = compareCalls(document, createValidator(document), calls);
  for (const { place, text } of findings) {
    console.log(`${place}\n    ${text}`);
  }
  const differing = new Set(findings.map(({ place }) => place.split(":")[0])).size;
  console.log(
    `Revision ${document.revision}: ${String(calls.length)} calls compared, ${String(differing)} differ.`,
  );
  return findings.length === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
