/** What tests draw at random they draw from this seed: the same every time, unless SEED says from which else. */
export const seedOfDraws = Number(process.env["SEED"] ?? 20_261_126);

/** Whether a seed was given, as `npm run proof` does: then there is time for many draws. */
const isProof = process.env["SEED"] !== undefined;

/** So many draws of a property that costs much: few in every test run, as many as tell in a proof. */
export const draws = (few: number, many: number): number => (isProof ? many : few);
