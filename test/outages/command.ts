import { parseArgs } from "node:util";
import { inParallel } from "../../shared/adapters/duckdb/in-parallel";
import { deaths, drawCases, judgeCase, outages } from "./matrix";

/** Cases played at a time. */
const AT_ONCE = 3;

/** Plays every outage and every death, or so many drawn at random, and says what went wrong. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      draw: { type: "string" },
      seed: { type: "string" },
    },
  });
  const { draw } = values;
  const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
  const cases =
    draw === undefined
      ? [...outages(Number(values.seconds)), ...(await deaths())]
      : await drawCases(Number(draw), seed);
  console.log(`${String(cases.length)} cases of a mirror with AWS in trouble.`);
  const wrong: string[] = [];
  let done = 0;
  await inParallel(cases, AT_ONCE, async (one) => {
    const found = await judgeCase(one).catch((error: unknown) => [`${one.name}: ${String(error)}`]);
    found.forEach((sentence) => {
      console.log(`WRONG  ${sentence}`);
    });
    wrong.push(...found);
    done += 1;
    if (done % 50 === 0) {
      console.log(`${String(done)} played, ${String(wrong.length)} wrong`);
    }
  });
  console.log(`${String(done)} played, ${String(wrong.length)} wrong.`);
  if (draw !== undefined && wrong.length > 0) {
    console.log(`To repeat: npm run outages -- --draw ${draw} --seed ${String(seed)}`);
  }
  return wrong.length === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exit(code);
});
