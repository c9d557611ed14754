import { paceAnswerSchema } from "./answers/pace-answer";
import { paceExample } from "./examples";
import { connectionPath, noBody, noParameters } from "./request-parts";
import { routeContract } from "./route-contract";

/** The route of an account's pace. */
export const paceContract = {
  "GET /connections/{connectionId}/pace": routeContract({
    summary: "Show how much of Klaviyo's limits a connection's account uses",
    description:
      "Klaviyo counts calls for an account, whatever connections reach it; what is called over sign-ins is counted apart from what is called with keys. Others' calls to the account are not in it.",
    path: connectionPath,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The pace now.",
      schema: paceAnswerSchema,
      example: paceExample,
    },
    problems: ["connectionNotFound"],
  }),
};
