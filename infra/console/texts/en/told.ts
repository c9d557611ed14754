import type { ToldTexts } from "../told";

/** What the API tells is English. */
export const told: ToldTexts | undefined = undefined;
