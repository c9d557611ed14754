/** What tests draw at random they draw from this seed: the same every time, unless SEED says from which else. */
export const seedOfDraws = Number(process.env["SEED"] ?? 20_261_126);
