import * as z from "zod";

/** The same type, with `undefined` allowed for whatever may be left out. */
export type Loose<Type> = Type extends readonly (infer Item)[]
  ? Loose<Item>[]
  : Type extends object
    ? {
        [Name in keyof Type]: Type extends Required<Pick<Type, Name>>
          ? Loose<Type[Name]>
          : Loose<Type[Name]> | undefined;
      }
    : Type;

/**
 * A body or a query as it is sent. In JSON a field that is `undefined` is one that is not there; the compiler
 * tells the two apart, and the API's description knows the second only.
 */
export function asSent<Type>(value: Loose<Type>): Type {
  return z.custom<Type>().parse(JSON.parse(JSON.stringify(value)));
}
