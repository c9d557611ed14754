import { readDocument, type KlaviyoDocument } from "./document";
import { knownDifferences, type KnownDifference } from "./known-differences";
import { ourCalls } from "./our-calls";
import { playScenario } from "./scenario";
import { createValidator, type Exchange, type Finding } from "./validator";

/**
 * Plays a broad scenario and holds every request of the exporter, and every answer of the simulator, against an
 * OpenAPI document of Klaviyo's: `npm run klaviyo:check -- FILE`. Exits with 1 for a difference without a known
 * reason, and for a reason that nothing needs.
 */
async function main(): Promise<number> {
  const [file] = process.argv.slice(2);
  if (file === undefined) {
    console.error("Usage: npm run klaviyo:check -- FILE, an OpenAPI document of Klaviyo's.");
    return 2;
  }
  const document = readDocument(file);
  const validator = createValidator(document);
  const { exporter, client } = await playScenario();
  const requests = exporter.flatMap((exchange) => validator.request(exchange));
  const answers = [...exporter, ...client].flatMap((exchange) => validator.answer(exchange));

  const used = new Set<KnownDifference>();
  const reasonOf = ({ place, text }: Finding): KnownDifference | undefined =>
    knownDifferences.find((known) => known.place.test(place) && known.text.test(text));
  const unexplained = new Map<string, number>();
  for (const finding of [...requests, ...answers]) {
    const reason = reasonOf(finding);
    if (reason === undefined) {
      const line = `${finding.place}\n    ${finding.text}`;
      unexplained.set(line, (unexplained.get(line) ?? 0) + 1);
    } else {
      used.add(reason);
    }
  }
  for (const [line, count] of unexplained) {
    console.log(`${line} (${String(count)})`);
  }
  const unneeded = knownDifferences.filter((known) => !used.has(known));
  for (const { place, because } of unneeded) {
    console.log(`Nothing needs this reason any more: ${String(place)}: ${because}`);
  }
  const missed = await notPlayed(document, exporter);
  for (const operation of missed) {
    console.log(`The scenario never calls ${operation}.`);
  }
  const answered = exporter.length + client.length;
  console.log(
    `${String(exporter.length)} requests of the exporter and ${String(answered)} answers of the simulator: ` +
      `${String(unexplained.size)} unexplained differences, ${String(used.size)} with a reason.`,
  );
  return unexplained.size + unneeded.length + missed.length === 0 ? 0 : 1;
}

/** Operations that the exporter's adapter has a call for, and that the scenario did not need. */
async function notPlayed(
  document: KlaviyoDocument,
  exchanges: readonly Exchange[],
): Promise<readonly string[]> {
  const operationOf = (method: string, target: string): string =>
    `${method} ${document.operationOf(method, new URL(target, "http://klaviyo").pathname)?.path ?? target}`;
  const played = new Set(exchanges.map(({ method, target }) => operationOf(method, target)));
  const ours = (await ourCalls()).map(({ method, path }) => operationOf(method, path));
  return [...new Set(ours)].filter((operation) => !played.has(operation));
}

void main().then((code) => process.exit(code));
