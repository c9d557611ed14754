import { expect, it } from "@jest/globals";
import { getCountries } from "libphonenumber-js/min";
import { PHONE_COUNTRIES } from "../../../../shared/domain/phone-countries";

it("takes as a default country exactly those whose numbering plans are known", () => {
  expect([...PHONE_COUNTRIES].sort()).toEqual([...getCountries()].sort());
});
