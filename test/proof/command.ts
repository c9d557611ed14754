import { parseArgs } from "node:util";
import { kinds } from "./kinds";
import { playStint } from "./play-stint";
import { prove, type Stint } from "./prove";

const repeatOf = ({ name, seed }: Stint): string =>
  `npm run proof -- --only ${name} --seed ${String(seed)}`;

/** Plays all that is random, from new seeds, for as long as it is given. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "10" },
      only: { type: "string" },
      seed: { type: "string" },
    },
  });
  const { only } = values;
  const minutes = Number(values.minutes);
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  const chosen = kinds.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0 || !Number.isFinite(minutes) || !Number.isSafeInteger(seed)) {
    const names = kinds.map(({ name }) => name).join(", ");
    console.log(`Usage: npm run proof -- [--minutes N] [--only KIND] [--seed S]\nKinds: ${names}`);
    return 2;
  }
  // A stint that is repeated is played once.
  const once = only !== undefined && values.seed !== undefined;
  const failed = await prove(
    chosen.map((kind) => ({
      name: kind.name,
      play: (drawnFrom) => playStint(kind, drawnFrom, console.log),
    })),
    {
      milliseconds: once ? 0 : minutes * 60_000,
      ...{ seed, now: Date.now },
      report: (stint, held, milliseconds) => {
        const seconds = `${(milliseconds / 1_000).toFixed(0)} s`.padStart(6);
        console.log(
          `${stint.name.padEnd(10)} seed ${String(stint.seed)} ${seconds}  ${held ? "ok" : "WRONG"}`,
        );
      },
    },
  );
  for (const stint of failed) {
    console.log(`To repeat: ${repeatOf(stint)}`);
  }
  return failed.length === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exit(code);
});
