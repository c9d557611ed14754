import { redact } from "./redaction";

/** At least seven digits and what people write between them: a telephone number, an account, an identity card. */
const NUMBER_LIKE = /^\+?(?:[\s()./-]*\d){7,}[\s()./-]*$/;

/** A day, in whichever order it is written. */
const DAY_LIKE =
  /^\s*(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})(?:[T ].*)?\s*$/;

/** Whether what should be a field's name is rather somebody's address, number or birthday. */
export function looksPersonal(name: string): boolean {
  return redact(name) !== name || NUMBER_LIKE.test(name) || DAY_LIKE.test(name);
}

/** Whether what should be the fields' names is rather a row: of a file without a header, whose first row is a person. */
export function areOfAPerson(names: readonly string[]): boolean {
  return names.some(looksPersonal);
}
