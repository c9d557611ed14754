import * as z from "zod";

/** The names of users, beside their ids. */
export const peopleShape = {
  people: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      "Names of the users whose ids stand here, by id, as their tokens had them when they last changed something; who has none is left out. A name that is an email address is shown to administrators only",
    ),
};
