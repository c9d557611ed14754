const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/** As many significant digits as tell any two doubles apart; programs that don't look for fewer write these. */
const DOUBLE_DIGITS = 17;

/** Every number of so many significant digits comes back from a double as it was. */
const ALWAYS_KEPT_DIGITS = 15;

/**
 * Whether a number as it was written, which must be one, is still that number after it has been kept as a
 * double, the only kind of number that JSON's readers agree on. Too many digits are rounded, what is too
 * large becomes infinite, and what is too small becomes zero. Text with a double's own 17 digits, such as
 * 0.10000000000000001 for 0.1, names that double.
 */
export function isKeptExactly(text: string): boolean {
  if (text.length <= ALWAYS_KEPT_DIGITS && !/e/i.test(text)) {
    return true;
  }
  const number = Number(text);
  if (!Number.isFinite(number)) {
    return false;
  }
  const written = canonical(text);
  return (
    written === canonical(String(number)) ||
    written === canonical(number.toPrecision(DOUBLE_DIGITS))
  );
}

/** The same text for the same number, however it was written: its significant digits and a power of ten. */
function canonical(text: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = DECIMAL.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = withoutEndingZeros(digits);
  if (significant === "") {
    return "0";
  }
  // As a BigInt: an exponent may be as long as its writer likes.
  const power = BigInt(exponent) - BigInt(fraction.length - (digits.length - significant.length));
  return `${sign === "-" ? "-" : ""}${significant}e${power}`;
}

/** By hand: an expression such as /0+$/ takes quadratic time for long rows of zeros that end otherwise. */
function withoutEndingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") {
    end -= 1;
  }
  return digits.slice(0, end);
}
