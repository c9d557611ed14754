import { InvalidArgumentError } from "commander";

/** Values of options, as commander reads them. */

export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) {
    throw new InvalidArgumentError("It takes a whole number.");
  }
  return Number(text);
}

/** An option that may be given several times, or once with commas. */
export function several(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

export function severalOrCommas(text: string, before: readonly string[] = []): string[] {
  return [
    ...before,
    ...text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  ];
}
