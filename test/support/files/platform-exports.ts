import type { FieldMapping } from "../../../shared/domain/exports/field-mapping";

/** A file as a platform writes it: its real header, made-up people. */
export interface PlatformExport {
  readonly what: string;
  readonly header: string;
  readonly rows: readonly string[];
  /** As spreadsheets of that region and platform save it. @default "utf8" */
  readonly encoding?: "utf8" | "utf8-bom" | "utf16le" | "latin1";
  /** What is to be suggested. */
  readonly mapping: FieldMapping;
  readonly consent?: { field: string; meaning: "agreed" | "refused" };
}

/** Exports of platforms, by its name, and lists in other languages. */
export const platformExports: Readonly<Record<string, PlatformExport>> = {
  Shopify: {
    what: "customers",
    header:
      "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags",
    rows: [
      "'6712345678901,Ann,Example,ann@example.org,yes,,12 Main St,,Columbus,OH,US,'43004,'+16145550112,'+16145550112,no,48.00,2,,no,vip",
      "'6712345678902,Bob,Example,bob@example.org,no,Bob Ltd,3 Side St,Flat 2,Austin,TX,US,'73301,,,no,0.00,0,,no,",
    ],
    mapping: {
      email: "Email",
      phone_number: "Phone",
      external_id: "Customer ID",
      first_name: "First Name",
      last_name: "Last Name",
      organization: "Default Address Company",
      location: {
        ...{ address1: "Default Address Address1", address2: "Default Address Address2" },
        ...{ city: "Default Address City", country: "Default Address Country Code" },
        ...{ region: "Default Address Province Code", zip: "Default Address Zip" },
      },
    },
    consent: { field: "Accepts Email Marketing", meaning: "agreed" },
  },
  WooCommerce: {
    what: "customers",
    header:
      "customer_id,user_login,user_email,first_name,last_name,display_name,billing_first_name,billing_last_name,billing_company,billing_email,billing_phone,billing_address_1,billing_address_2,billing_postcode,billing_city,billing_state,billing_country,shipping_city,shipping_country",
    rows: [
      "11,ann@example.org,ann@example.org,Ann,Example,Ann E,Ann,Example,,orders@example.org,030 123456,Ringstr. 1,,10115,Berlin,BE,DE,Berlin,DE",
      "12,bob,bob@example.org,Bob,Example,Bob,Bob,Example,Bob Ltd,bob@example.org,,3 Side St,,SW1A 1AA,London,,GB,London,GB",
    ],
    mapping: {
      email: "user_email",
      phone_number: "billing_phone",
      external_id: "customer_id",
      first_name: "first_name",
      last_name: "last_name",
      organization: "billing_company",
      location: {
        ...{ address1: "billing_address_1", address2: "billing_address_2" },
        ...{ city: "billing_city", country: "billing_country", region: "billing_state" },
        zip: "billing_postcode",
      },
    },
  },
  BigCommerce: {
    what: "customers",
    header:
      "Customer ID,First Name,Last Name,Company,Email,Phone,Notes,Store Credit,Customer Group,Date Joined,Address Line 1,Address Line 2,City,State/Province,Zip/Postcode,Country,Receive Marketing Emails",
    rows: [
      "1,Ann,Example,,ann@example.org,614-555-0112,,0.00,Retail,2024-05-11,12 Main St,,Columbus,Ohio,43004,United States,Yes",
      "2,Bob,Example,Bob Ltd,bob@example.org,,,0.00,Retail,2024-05-12,3 Side St,,Austin,Texas,73301,United States,No",
    ],
    mapping: {
      email: "Email",
      phone_number: "Phone",
      external_id: "Customer ID",
      first_name: "First Name",
      last_name: "Last Name",
      organization: "Company",
      location: {
        ...{ address1: "Address Line 1", address2: "Address Line 2", city: "City" },
        ...{ country: "Country", region: "State/Province", zip: "Zip/Postcode" },
      },
    },
    consent: { field: "Receive Marketing Emails", meaning: "agreed" },
  },
  Magento: {
    what: "customer addresses",
    header:
      "_website,_email,_entity_id,city,company,country_id,fax,firstname,lastname,middlename,postcode,prefix,region,region_id,street,suffix,telephone,vat_id,_address_default_billing_,_address_default_shipping_",
    rows: [
      "base,ann@example.org,5,Calder,,US,,Ann,Example,,49628,,Michigan,33,6146 Honey Bluff Parkway,,(555) 229-3326,,1,1",
      "base,bob@example.org,6,Austin,Bob Ltd,US,,Bob,Example,,73301,,Texas,57,3 Side St,,,,1,1",
    ],
    mapping: {
      email: "_email",
      phone_number: "telephone",
      external_id: "_entity_id",
      first_name: "firstname",
      last_name: "lastname",
      organization: "company",
      location: {
        ...{ address1: "street", city: "city", country: "country_id" },
        ...{ region: "region", zip: "postcode" },
      },
    },
  },
  Mailchimp: {
    what: "subscribed members",
    header:
      "Email Address,First Name,Last Name,Address,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS",
    rows: [
      'ann@example.org,Ann,Example,"12 Main St  Columbus OH 43004 US",614-555-0112,05/11,4,,,"2024-05-11 08:00:00",192.0.2.7,40.1,-82.9,-5,-4,America/New_York,US,OH,"2024-06-01 10:00:00",123,abc123,,"""vip"",""shoes"""',
      'bob@example.org,Bob,Example,,,,2,,,"2024-05-12 09:30:00",192.0.2.8,,,,,,,,"2024-06-02 10:00:00",124,abc124,,',
    ],
    mapping: {
      email: "Email Address",
      phone_number: "Phone Number",
      external_id: "EUID",
      first_name: "First Name",
      last_name: "Last Name",
      location: {
        ...{ address1: "Address", country: "CC", region: "REGION" },
        ...{ latitude: "LATITUDE", longitude: "LONGITUDE", timezone: "TIMEZONE", ip: "CONFIRM_IP" },
      },
    },
  },
  HubSpot: {
    what: "contacts",
    header:
      '"Record ID","First Name","Last Name","Email","Phone Number","Contact owner","Primary Company","Last Activity Date (GMT+1)","Lead Status","Marketing contact status","Create Date (GMT+1)","Job Title","Mobile Phone Number","Street Address","City","State/Region","Postal Code","Country/Region","Unsubscribed from all email"',
    rows: [
      '"101","Ann","Example","ann@example.org","+49 30 123456","rep@example.com","Example Org","2024-05-11 08:00","New","Marketing contact","2024-01-02 10:00","Buyer","","Ringstr. 1","Berlin","","10115","Germany",""',
      '"102","Bob","Example","","","rep@example.com","","","","","2024-01-03 10:00","","","","","","","","true"',
    ],
    mapping: {
      email: "Email",
      phone_number: "Phone Number",
      external_id: "Record ID",
      first_name: "First Name",
      last_name: "Last Name",
      organization: "Primary Company",
      title: "Job Title",
      location: {
        ...{ address1: "Street Address", city: "City", country: "Country/Region" },
        ...{ region: "State/Region", zip: "Postal Code" },
      },
    },
    consent: { field: "Unsubscribed from all email", meaning: "refused" },
  },
  "Salesforce (API)": {
    what: "Contact",
    header:
      '"Id","IsDeleted","AccountId","LastName","FirstName","Salutation","MailingStreet","MailingCity","MailingState","MailingPostalCode","MailingCountry","MailingLatitude","MailingLongitude","Phone","MobilePhone","HomePhone","AssistantPhone","Email","Title","OwnerId","HasOptedOutOfEmail","EmailBouncedReason"',
    rows: [
      '"003xx000001AAAA","false","001xx000001","Example","Ann","Ms.","12 Main St","Columbus","OH","43004","United States","","","(614) 555-0112","","","","ann@example.org","Buyer","005xx0000012","false",""',
      '"003xx000001AAAB","false","","Example","Bob","","","","","","","","","","","","","bob@example.org","","005xx0000012","true",""',
    ],
    mapping: {
      email: "Email",
      phone_number: "Phone",
      external_id: "Id",
      first_name: "FirstName",
      last_name: "LastName",
      title: "Title",
      location: {
        ...{ address1: "MailingStreet", city: "MailingCity", country: "MailingCountry" },
        ...{ region: "MailingState", zip: "MailingPostalCode" },
        ...{ latitude: "MailingLatitude", longitude: "MailingLongitude" },
      },
    },
    consent: { field: "HasOptedOutOfEmail", meaning: "refused" },
  },
  "Salesforce (report)": {
    what: "contacts and accounts",
    header:
      '"Salutation","First Name","Last Name","Title","Account Name","Mailing Street","Mailing City","Mailing State/Province","Mailing Zip/Postal Code","Mailing Country","Phone","Fax","Mobile","Email","Account Owner","Contact ID","Email Opt Out"',
    rows: [
      '"Ms.","Ann","Example","Buyer","Example Org","12 Main St","Columbus","OH","43004","United States","(614) 555-0112","","","ann@example.org","Rep Example","003xx000001AAAA","0"',
    ],
    encoding: "latin1",
    mapping: {
      email: "Email",
      phone_number: "Phone",
      external_id: "Contact ID",
      first_name: "First Name",
      last_name: "Last Name",
      organization: "Account Name",
      title: "Title",
      location: {
        ...{ address1: "Mailing Street", city: "Mailing City", country: "Mailing Country" },
        ...{ region: "Mailing State/Province", zip: "Mailing Zip/Postal Code" },
      },
    },
    consent: { field: "Email Opt Out", meaning: "refused" },
  },
  "Dynamics 365 (API)": {
    what: "contacts",
    header:
      "contactid,firstname,lastname,fullname,emailaddress1,emailaddress2,telephone1,mobilephone,jobtitle,address1_line1,address1_line2,address1_city,address1_stateorprovince,address1_postalcode,address1_country,address2_city,donotbulkemail,createdby,modifiedon",
    rows: [
      "9f0c1c55-0000-4000-8000-000000000001,Ann,Example,Ann Example,ann@example.org,office@example.com,030 123456,,Buyer,Ringstr. 1,,Berlin,,10115,Germany,,false,admin@example.com,2024-05-11T08:00:00Z",
      "9f0c1c55-0000-4000-8000-000000000002,Bob,Example,Bob Example,bob@example.org,office@example.com,,,,,,,,,,,true,admin@example.com,2024-05-12T08:00:00Z",
    ],
    mapping: {
      email: "emailaddress1",
      phone_number: "mobilephone",
      external_id: "contactid",
      first_name: "firstname",
      last_name: "lastname",
      title: "jobtitle",
      location: {
        ...{ address1: "address1_line1", address2: "address1_line2", city: "address1_city" },
        ...{ country: "address1_country", region: "address1_stateorprovince" },
        zip: "address1_postalcode",
      },
    },
    consent: { field: "donotbulkemail", meaning: "refused" },
  },
  "Dynamics 365 (view)": {
    what: "contacts, saved from a view",
    header:
      "(Do Not Modify) Contact;(Do Not Modify) Row Checksum;(Do Not Modify) Modified On;First Name;Last Name;Email;Email Address 2;Company Name;Business Phone;Mobile Phone;Job Title;Address 1: Street 1;Address 1: Street 2;Address 1: City;Address 1: State/Province;Address 1: ZIP/Postal Code;Address 1: Country/Region;Do not allow Bulk Emails;Owner",
    rows: [
      "9f0c1c55-0000-4000-8000-000000000001;abc=;11.05.2024 08:00;Ann;Müller;ann@example.org;;Example Org;030 123456;0171 1234567;Buyer;Ringstr. 1;;Köln;;50667;Germany;Allow;Rep Example",
    ],
    encoding: "utf8-bom",
    mapping: {
      email: "Email",
      phone_number: "Mobile Phone",
      external_id: "(Do Not Modify) Contact",
      first_name: "First Name",
      last_name: "Last Name",
      organization: "Company Name",
      title: "Job Title",
      location: {
        ...{ address1: "Address 1: Street 1", address2: "Address 1: Street 2" },
        ...{ city: "Address 1: City", country: "Address 1: Country/Region" },
        ...{ region: "Address 1: State/Province", zip: "Address 1: ZIP/Postal Code" },
      },
    },
    consent: { field: "Do not allow Bulk Emails", meaning: "refused" },
  },
};
