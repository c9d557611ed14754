import * as z from "zod";
import { emailFilter } from "../../domain/klaviyo/email-filter";
import type { Klaviyo } from "../../ports";
import type { CallKlaviyo } from "./klaviyo-http";
import { map, pagePath } from "./paging";

const answerSchema = z.object({
  data: z.array(z.object({ attributes: z.record(z.string(), z.unknown()) })),
});

const FIELDS =
  "email,phone_number,external_id,first_name,last_name,organization,locale,title,image,location,properties";

/** What Klaviyo has of people, as far as a mapping can fill it. */
export function createProfileValueCalls(call: CallKlaviyo): Pick<Klaviyo, "listProfileValues"> {
  return {
    listProfileValues: async (credential, emails) =>
      map(
        await call(
          {
            method: "GET",
            path: pagePath("/api/profiles", undefined, {
              filter: emailFilter(emails),
              "fields[profile]": FIELDS,
            }),
            credential,
          },
          answerSchema,
        ),
        ({ data }) =>
          data.flatMap(({ attributes }) => {
            const { email, ...others } = attributes;
            return typeof email === "string"
              ? [{ email: email.toLowerCase(), attributes: others }]
              : [];
          }),
      ),
  };
}
