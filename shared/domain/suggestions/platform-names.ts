import type { Vocabulary } from "./vocabulary";

/** What the platforms call the columns of their exports, as it stands in their headers. */
export const platformNames = {
  Shopify: {
    kind: "platform",
    names: {
      phone_number: ["Phone", "Default address phone"],
      region: ["Default address province code", "Province code"],
      country: ["Default address country code"],
      agreed: ["Accepts email marketing", "Accepts marketing"],
    },
  },
  WooCommerce: {
    kind: "platform",
    names: {
      email: ["User email", "Billing email"],
      external_id: ["Customer ID", "User ID"],
      phone_number: ["Billing phone"],
    },
  },
  BigCommerce: {
    kind: "platform",
    names: {
      external_id: ["Customer ID"],
      city: ["City/Suburb"],
      zip: ["Zip/Postcode"],
      agreed: ["Receive marketing emails", "Accepts marketing", "Receive ACS/Review emails"],
    },
  },
  Magento: {
    kind: "platform",
    names: {
      email: ["Email", "_email"],
      external_id: ["Entity ID", "_entity_id", "ID"],
      country: ["Country ID"],
      agreed: ["Is subscribed"],
    },
  },
  Mailchimp: {
    kind: "platform",
    names: {
      external_id: ["EUID"],
      country: ["CC"],
      region: ["REGION"],
      ip: ["CONFIRM_IP", "OPTIN_IP"],
    },
  },
  HubSpot: {
    kind: "platform",
    names: {
      external_id: ["Record ID", "Record ID - Contact", "hs_object_id"],
      phone_number: ["Phone number", "Mobile phone number"],
      organization: ["Company name", "Primary company", "Associated company"],
      refused: ["Unsubscribed from all email", "Opted out of all email", "hs_email_optout"],
    },
  },
  Salesforce: {
    kind: "platform",
    names: {
      external_id: ["Contact ID", "Lead ID", "Id"],
      phone_number: ["Phone", "Mobile", "MobilePhone"],
      organization: ["Account name", "Account.Name", "Company"],
      refused: ["HasOptedOutOfEmail", "Email opt out"],
    },
  },
  "Dynamics 365": {
    kind: "platform",
    names: {
      email: ["emailaddress1", "Email"],
      external_id: ["contactid", "(Do Not Modify) Contact"],
      phone_number: ["Mobile phone", "telephone1", "Business phone", "mobilephone"],
      organization: ["Company name", "parentcustomerid_name"],
      zip: ["Address 1: ZIP/Postal code"],
      refused: [
        "donotbulkemail",
        "donotemail",
        "Do not allow bulk emails",
        "Do not allow emails",
        "E-Mails nicht zulassen",
        "Massen-E-Mails nicht zulassen",
      ],
    },
  },
  "Google contacts": {
    kind: "platform",
    names: {
      email: ["E-mail 1 - Value"],
      phone_number: ["Phone 1 - Value"],
      organization: ["Organization name", "Organization 1 - Name"],
      title: ["Organization title", "Organization 1 - Title"],
      image: ["Photo"],
      address2: ["Address 1 - Extended address"],
    },
  },
  "Outlook contacts": {
    kind: "platform",
    names: {
      email: ["E-mail address"],
      phone_number: ["Mobile phone", "Primary phone", "Home phone", "Business phone"],
      organization: ["Company"],
    },
  },
  Stripe: {
    kind: "platform",
    names: { external_id: ["Customer ID", "id"], phone_number: ["Phone"] },
  },
  Brevo: {
    kind: "platform",
    names: {
      phone_number: ["SMS", "WHATSAPP"],
      external_id: ["EXT_ID", "CONTACT ID"],
      timezone: ["CONTACT_TIMEZONE"],
      agreed: ["DOUBLE_OPT-IN", "OPT_IN"],
    },
  },
  Klaviyo: {
    kind: "platform",
    names: { email: ["Email"], agreed: ["Email marketing consent", "$consent"] },
  },
} as const satisfies Record<string, Vocabulary>;
