import { fieldMappingSchema, fieldNameSchema, type FieldMapping } from "./field-mapping";
import type { LocationFieldName, ProfileFieldName } from "./klaviyo-fields";
import type { SegmentField } from "./segment";

/** What people call Klaviyo's fields, in lower-case letters and digits alone; the likeliest name first. */
const profileAliases: Readonly<Record<ProfileFieldName, readonly string[]>> = {
  phone_number: [
    "phonenumber",
    "phone",
    "mobilephone",
    "mobile",
    "mobilenumber",
    "cellphone",
    "telephone",
    "telephone1",
    "tel",
  ],
  external_id: ["externalid", "customerid", "contactid", "profileid", "memberid"],
  first_name: ["firstname", "givenname", "forename"],
  last_name: ["lastname", "surname", "familyname"],
  organization: ["organization", "organisation", "company", "companyname", "employer"],
  title: ["jobtitle", "title", "jobposition"],
  locale: ["locale", "languagelocale", "preferredlocale"],
  image: ["image", "imageurl", "photourl", "avatarurl", "avatar", "pictureurl"],
};
const locationAliases: Readonly<Record<LocationFieldName, readonly string[]>> = {
  address1: ["address1", "addressline1", "streetaddress", "street", "line1", "address"],
  address2: ["address2", "addressline2", "street2", "line2"],
  city: ["city", "town"],
  country: ["country", "countryname", "countryregion", "countryorregion", "countrycode"],
  region: ["region", "state", "province", "stateorprovince", "stateprovince"],
  zip: ["zip", "zipcode", "postalcode", "postcode"],
  latitude: ["latitude", "lat"],
  longitude: ["longitude", "lng", "lon"],
  timezone: ["timezone", "timezoneid", "ianatimezone"],
  ip: ["ip", "ipaddress"],
};

/** What is put before a part of an address or a phone without changing what it is. */
const PREFIX = /^(?:address1|address|primary|main|default|home|billing|mailing)(?=.)/;

/**
 * A mapping to start from: each of Klaviyo's own fields is given the segment field that is called like it.
 * Custom properties are left to people, since nothing is to leave that nobody asked for.
 * Undefined when the email's field has a name that can't be mapped.
 */
export function suggestMapping(
  fields: readonly SegmentField[],
  email: string,
): FieldMapping | undefined {
  const free = new Map(
    fields
      .filter(
        ({ name, type }) =>
          name !== email &&
          type !== "list" &&
          type !== "object" &&
          fieldNameSchema.safeParse(name).success,
      )
      .map(({ name }) => [name, name.toLowerCase().replace(/[^a-z0-9]/g, "")]),
  );
  const take = (aliases: readonly string[]): string | undefined => {
    for (const plain of [(name: string) => name, (name: string) => name.replace(PREFIX, "")]) {
      for (const alias of aliases) {
        for (const [field, name] of free) {
          if (plain(name) === alias) {
            free.delete(field);
            return field;
          }
        }
      }
    }
    return undefined;
  };
  const location = taken(locationAliases, take);
  return fieldMappingSchema.safeParse({
    email,
    ...taken(profileAliases, take),
    ...(Object.keys(location).length === 0 ? {} : { location }),
  }).data;
}

function taken(
  aliasesOf: Readonly<Record<string, readonly string[]>>,
  take: (aliases: readonly string[]) => string | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(aliasesOf).flatMap(([name, aliases]) => {
      const field = take(aliases);
      return field === undefined ? [] : [[name, field]];
    }),
  );
}
