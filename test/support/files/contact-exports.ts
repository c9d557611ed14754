import type { PlatformExport } from "./platform-exports";

/** As `platformExports`: of address books and of tools for emails and payments. */
export const contactExports: Readonly<Record<string, PlatformExport>> = {
  "Google contacts": {
    what: "contacts",
    header:
      "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address",
    rows: [
      'Ann,,Example,,,,,,,,Example Org,Buyer,,,,,* myContacts,* ,ann@example.org,Work,ann.work@example.com,Mobile,+49 171 1234567,Home,"Ringstr. 1\nBerlin",Ringstr. 1,Berlin,,,10115,DE,',
      "Bob,,Example,,,,,,,,,,,,,,* myContacts,* ,bob@example.org,,,,,,,,,,,,,",
    ],
    mapping: {
      email: "E-mail 1 - Value",
      phone_number: "Phone 1 - Value",
      first_name: "First Name",
      last_name: "Last Name",
      organization: "Organization Name",
      title: "Organization Title",
      image: "Photo",
      location: {
        ...{ address1: "Address 1 - Street", address2: "Address 1 - Extended Address" },
        ...{ city: "Address 1 - City", country: "Address 1 - Country" },
        ...{ region: "Address 1 - Region", zip: "Address 1 - Postal Code" },
      },
    },
  },
  "Outlook contacts": {
    what: "contacts",
    header:
      '"First Name","Middle Name","Last Name","Title","Suffix","E-mail Address","E-mail 2 Address","E-mail 3 Address","Home Phone","Business Phone","Mobile Phone","Primary Phone","Business Fax","Company Main Phone","Job Title","Department","Company","Manager\'s Name","Assistant\'s Name","Assistant\'s Phone","Business Street","Business City","Business State","Business Postal Code","Business Country/Region","Home Street","Home City","Home State","Home Postal Code","Home Country/Region"',
    rows: [
      '"Ann","","Müller","Dr.","","ann@example.org","ann.old@example.com","","","030 123456","0171 1234567","","","","Buyer","","Example Org","","","","Werk 1","Bonn","","53111","Germany","Ringstr. 1","Köln","","50667","Germany"',
    ],
    encoding: "latin1",
    mapping: {
      email: "E-mail Address",
      phone_number: "Mobile Phone",
      first_name: "First Name",
      last_name: "Last Name",
      organization: "Company",
      title: "Job Title",
      location: {
        ...{ address1: "Home Street", city: "Home City", country: "Home Country/Region" },
        ...{ region: "Home State", zip: "Home Postal Code" },
      },
    },
  },
  Stripe: {
    what: "customers",
    header:
      "id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Card Last4,Card Brand,Card Address Line1,Card Address City,Card Address State,Card Address Zip,Card Address Country,Phone,Currency,Plan,Status,Total Spend,userId (metadata)",
    rows: [
      "cus_000000000001,,ann@example.org,Ann Example,2024-05-11 08:00,false,card_1,4242,Visa,12 Main St,Columbus,OH,43004,US,+16145550112,usd,,active,48.00,",
      "cus_000000000002,,bob@example.org,Bob Example,2024-05-12 08:00,false,,,,,,,,,,usd,,active,0.00,",
    ],
    mapping: {
      email: "Email",
      phone_number: "Phone",
      external_id: "id",
      location: {
        ...{ address1: "Card Address Line1", city: "Card Address City" },
        ...{ country: "Card Address Country", region: "Card Address State" },
        zip: "Card Address Zip",
      },
    },
  },
  Brevo: {
    what: "contacts",
    header:
      "CONTACT ID,EMAIL,FIRSTNAME,LASTNAME,SMS,WHATSAPP,EXT_ID,JOB_TITLE,CONTACT_TIMEZONE,DOUBLE_OPT-IN,OPT_IN,ADDED_TIME,MODIFIED_TIME",
    rows: [
      "1,ann@example.org,Ann,Example,33612345678,,c-1,Buyer,Europe/Paris,Yes,Yes,11-05-2024,12-05-2024",
      "2,bob@example.org,Bob,Example,,,c-2,,,No,No,11-05-2024,12-05-2024",
    ],
    mapping: {
      email: "EMAIL",
      phone_number: "SMS",
      external_id: "EXT_ID",
      first_name: "FIRSTNAME",
      last_name: "LASTNAME",
      title: "JOB_TITLE",
      location: { timezone: "CONTACT_TIMEZONE" },
    },
    consent: { field: "DOUBLE_OPT-IN", meaning: "agreed" },
  },
  Klaviyo: {
    what: "profiles",
    header:
      "Email,Klaviyo ID,First Name,Last Name,Organization,Title,Phone Number,Address,Address 2,City,State / Region,Country,Zip Code,Latitude,Longitude,Source,IP Address,Email Marketing Consent,Email Marketing Consent Timestamp,Profile Created On,Date Added,Last Open",
    rows: [
      "ann@example.org,01HXA,Ann,Example,Example Org,Buyer,+16145550112,12 Main St,,Columbus,OH,United States,43004,40.1,-82.9,,192.0.2.7,SUBSCRIBED,2024-05-11 08:00:00,2024-05-11,2024-05-11,",
      "bob@example.org,01HXB,Bob,Example,,,,,,,,,,,,,,UNSUBSCRIBED,,2024-05-12,2024-05-12,",
    ],
    mapping: {
      email: "Email",
      phone_number: "Phone Number",
      first_name: "First Name",
      last_name: "Last Name",
      organization: "Organization",
      title: "Title",
      location: {
        ...{ address1: "Address", address2: "Address 2", city: "City", country: "Country" },
        ...{ region: "State / Region", zip: "Zip Code" },
        ...{ latitude: "Latitude", longitude: "Longitude", ip: "IP Address" },
      },
    },
    consent: { field: "Email Marketing Consent", meaning: "agreed" },
  },
};

/** One header for each language, in the order: email, given name, family name, phone, company, street, zip, place, country. */
const languages: Readonly<Record<string, string>> = {
  German: "E-Mail-Adresse;Vorname;Nachname;Handynummer;Firma;Straße;PLZ;Ort;Land",
  French: "Adresse e-mail;Prénom;Nom;Téléphone portable;Société;Adresse;Code postal;Ville;Pays",
  Spanish:
    "Correo electrónico;Nombre;Apellidos;Teléfono móvil;Empresa;Dirección;Código postal;Ciudad;País",
  Italian: "Indirizzo e-mail;Nome;Cognome;Cellulare;Azienda;Indirizzo;CAP;Città;Paese",
  Dutch:
    "E-mailadres;Voornaam;Achternaam;Mobiel nummer;Bedrijf;Straat en huisnummer;Postcode;Woonplaats;Land",
  Swedish: "E-postadress;Förnamn;Efternamn;Mobilnummer;Företag;Gatuadress;Postnummer;Ort;Land",
  Polish: "Adres e-mail;Imię;Nazwisko;Telefon komórkowy;Firma;Ulica;Kod pocztowy;Miasto;Kraj",
  Slovene: "E-pošta;Ime;Priimek;Mobilni telefon;Podjetje;Naslov;Poštna številka;Kraj;Država",
};

/** A list of customers in each language. */
export const languageExports: Readonly<Record<string, PlatformExport>> = Object.fromEntries(
  Object.entries(languages).map(([language, header]) => {
    const names = header.split(";");
    const [email = "", first_name, last_name, phone_number, organization] = names;
    const [, , , , , address1, zip, city, country] = names;
    return [
      `${language} names`,
      {
        what: "customers",
        header: `Betreuer;${header}`,
        rows: [
          "rep@example.com;ann@example.org;Ann;Example;;;Street 1;10115;Town;XX",
          "rep@example.com;bob@example.org;Bob;Example;;;Street 2;10115;Town;XX",
        ],
        mapping: {
          ...{ email, first_name, last_name, phone_number, organization },
          location: { address1, zip, city, country },
        },
      },
    ];
  }),
);
