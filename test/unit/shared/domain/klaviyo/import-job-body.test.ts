import { expect, test } from "@jest/globals";
import {
  importJobEnvelope,
  openImportJobBody,
} from "../../../../../shared/domain/klaviyo/import-job-body";
import { profileText } from "../../../../../shared/domain/klaviyo/profile-text";

const { beforeEmail, afterEmail, groups, unset, end } = profileText;
const { profile, location, properties } = groups;

function bodyOf(...profiles: string[]): Buffer {
  const { before, after } = importJobEnvelope("LiSt01");
  return Buffer.from(`${before}${profiles.join(",")}${after}`);
}

const onlyEmail = `${beforeEmail}a@example.org${afterEmail}${end}`;
const everything = [
  `${beforeEmail}b@example.org${afterEmail}`,
  `${profile.before}"first_name":"Bea"${profile.after}`,
  `${location.before}"city":"Bonn"${location.after}`,
  `${properties.before}"Points":7,"Tier":"gold"${properties.after}`,
  `${unset.before}"last_name"${unset.after}`,
].join("");

test("the texts make the body that Klaviyo's reference describes", () => {
  expect(JSON.parse(bodyOf(onlyEmail, everything).toString())).toEqual({
    data: {
      type: "profile-bulk-import-job",
      attributes: {
        profiles: {
          data: [
            { type: "profile", attributes: { email: "a@example.org" } },
            {
              type: "profile",
              attributes: {
                email: "b@example.org",
                first_name: "Bea",
                location: { city: "Bonn" },
                properties: { Points: 7, Tier: "gold" },
              },
              meta: { patch_properties: { unset: ["last_name"] } },
            },
          ],
        },
      },
      relationships: { lists: { data: [{ type: "list", id: "LiSt01" }] } },
    },
  });
});

test("a body opens to its emails and values, and gives up what is to be left out", () => {
  const opened = openImportJobBody(bodyOf(onlyEmail, everything));
  expect(opened.emails).toEqual(["a@example.org", "b@example.org"]);
  expect(opened.valueOf(1, ["attributes", "properties", "Points"])).toBe(7);
  const leftOut = [{ position: 1, value: ["attributes", "location", "city"] }];
  const less = openImportJobBody(opened.only([1], leftOut));
  expect(less.emails).toEqual(["b@example.org"]);
  expect(less.valueOf(0, ["attributes", "location"])).toBeUndefined();
  expect(less.valueOf(0, ["attributes", "properties", "Tier"])).toBe("gold");
});
