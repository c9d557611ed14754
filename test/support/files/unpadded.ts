/** A document without the spaces and dashes by which formatting pads the columns of its tables. */
export const unpadded = (text: string): string => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
