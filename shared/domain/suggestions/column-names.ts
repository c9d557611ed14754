import { languageNames } from "./language-names";
import { platformNames } from "./platform-names";
import type { Vocabulary } from "./vocabulary";

/**
 * What platforms and people call the columns of customers, as it stands in their headers; how it is written (case,
 * spaces, accents) makes no difference, and neither does a word such as “Billing” before it (`column-name.ts`).
 */
export const vocabularies = {
  general: {
    kind: "general",
    names: {
      email: ["Email", "Email address", "Mail", "Mail address", "E-mail ID"],
      phone_number: [
        ...["Phone number", "Phone", "Mobile phone", "Mobile", "Mobile number", "Cell phone"],
        ...["Telephone", "Telephone number", "Telephone 1", "Tel", "Cell", "Phone 1"],
      ],
      external_id: ["External ID", "Customer ID", "Contact ID", "Profile ID", "Member ID", "ID"],
      first_name: ["First name", "Given name", "Forename", "FName"],
      last_name: ["Last name", "Surname", "Family name", "LName"],
      organization: [
        ...["Organization", "Organisation", "Company", "Company name", "Organization name"],
        ...["Employer", "Account name"],
      ],
      title: ["Job title", "Title", "Job position"],
      locale: ["Locale", "Language locale", "Preferred locale"],
      image: ["Image", "Image URL", "Photo URL", "Avatar URL", "Avatar", "Picture URL"],
      address1: [
        ...["Address 1", "Address line 1", "Street address", "Street 1", "Street", "Line 1"],
        "Address",
        "Address 1&2",
      ],
      address2: ["Address 2", "Address line 2", "Street 2", "Line 2"],
      city: ["City", "Town"],
      country: [
        ...["Country", "Country name", "Country/Region", "Country or region", "Country code"],
        "Country ID",
      ],
      region: [
        "Region",
        "State",
        "State/Province",
        "State or province",
        "State code",
        "State/Region",
        "Province",
      ],
      zip: ["Zip", "Zip code", "Postal code", "Postcode", "Zip/Postal code", "Zip/Postcode"],
      latitude: ["Latitude", "Lat"],
      longitude: ["Longitude", "Lng", "Lon"],
      timezone: ["Timezone", "Timezone ID", "IANA timezone"],
      ip: ["IP", "IP address"],
      agreed: [
        ...["Email opt in", "Opt in", "Email marketing consent", "Marketing consent"],
        ...["Email consent", "Consent", "Accepts email marketing", "Accepts marketing"],
        ...["Marketing opt in", "Newsletter opt in", "Newsletter", "Is subscribed", "Subscribed"],
        ...["Email subscribed", "Newsletter subscription", "Allow email", "Double opt-in"],
        ...["Email subscriber status", "Email subscription status", "Subscription status"],
        "Opt-in newsletter",
      ],
      refused: [
        ...["Email opt out", "Opt out", "Opted out", "Unsubscribed", "Do not email"],
        ...["Opted out of email", "Email unsubscribed", "Email blacklisted", "Blacklist"],
      ],
    },
  },
  ...platformNames,
  ...languageNames,
} as const satisfies Record<string, Vocabulary>;
