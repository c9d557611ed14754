import { afterEach, describe, expect, test } from "@jest/globals";
import { closeSimulators, emails, importBody, JOBS, rawClient, simulate } from "./support";

afterEach(closeSimulators);

/** A simulator with three people on its first list, and a client of it. */
async function aSimulator() {
  const simulator = await simulate();
  const client = rawClient(simulator);
  const { listId } = simulator.first;
  const posted = await client.post(JOBS, importBody(emails(3), listId));
  return { simulator, client, listId, posted };
}

describe("the simulator answers as Klaviyo's recorded answers do", () => {
  test("a last page has links to the next and the previous one, which are null", async () => {
    const { client, listId } = await aSimulator();
    for (const path of ["/api/lists?page[size]=10", `/api/lists/${listId}/profiles`, JOBS]) {
      const { data } = await client.get(path);
      expect(Object.keys(data.links).sort()).toEqual(["next", "prev", "self"]);
      expect(data.links.prev).toBeNull();
    }
    const { data: last } = await client.get(`/api/lists/${listId}/profiles`);
    expect(last.links.next).toBeNull();
  });

  test("links are URIs, however the query was written", async () => {
    const { client } = await aSimulator();
    const { data } = await client.get("/api/profiles?page[size]=2");
    expect(data.links.self).toMatch(/\/api\/profiles\?page%5Bsize%5D=2$/);
    expect(data.links.next).not.toMatch(/[[\]]/);
  });

  test("what was made is answered with a link to itself at the top", async () => {
    const { client, posted } = await aSimulator();
    const list = await client.post("/api/lists", {
      data: { type: "list", attributes: { name: "Another" } },
    });
    const profile = await client.post("/api/profile-import", {
      data: { type: "profile", attributes: { email: "ann@example.org" } },
    });
    for (const answer of [posted, list, profile]) {
      expect(answer.data.links).toEqual({ self: expect.stringContaining("/api/") });
    }
  });

  test("a job names its list always; its time has whole seconds at first and microseconds later", async () => {
    const { client, listId, posted } = await aSimulator();
    const { id, attributes, relationships } = posted.data.data;
    expect(relationships.lists.data).toEqual([{ type: "list", id: listId }]);
    expect(attributes.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    const again = (await client.get(`${JOBS}/${id}`)).data.data;
    expect(again.relationships.lists.data).toEqual([{ type: "list", id: listId }]);
    expect(again.attributes.created_at).toMatch(/T\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
  });

  test("additional fields come beside a sparse fieldset", async () => {
    const { client, listId } = await aSimulator();
    const { data } = await client.get(
      `/api/lists/${listId}?fields[list]=name&additional-fields[list]=profile_count`,
    );
    expect(data.data.attributes).toEqual({ name: "Newsletter", profile_count: 3 });
  });

  test("errors have links and meta; 429 leads to the documentation of the limits", async () => {
    const { client } = await aSimulator();
    const missing = await client.get("/api/lists/NoList");
    expect(missing.data.errors[0]).toMatchObject({ links: {}, meta: {} });
    const answers = await Promise.all(Array.from({ length: 3 }, () => client.get("/api/accounts")));
    const throttled = answers.find(({ status }) => status === 429);
    expect(throttled?.data.errors[0].links.type).toMatch(/^https:\/\/developers\.klaviyo\.com\//);
  });

  test("a refused bearer token is told so", async () => {
    const { simulator } = await aSimulator();
    const answer = await rawClient(simulator, { authorization: "Bearer x" }).get("/api/lists");
    expect([answer.status, answer.data.errors[0].code, answer.data.errors[0].detail]).toEqual([
      401,
      "authentication_failed",
      "Incorrect authentication credentials.",
    ]);
  });

  test("a profile has its other channels, its conversation and its ids elsewhere", async () => {
    const { client } = await aSimulator();
    const { data } = await client.get("/api/profiles?additional-fields[profile]=subscriptions");
    const { attributes, relationships } = data.data[0];
    expect(attributes).toMatchObject({ anonymous_id: null, whatsapp_bsuid: null });
    expect(Object.keys(relationships)).toContain("conversation");
    expect(Object.keys(attributes.subscriptions).sort()).toEqual([
      "email",
      "mobile_push",
      "sms",
      "whatsapp",
    ]);
    expect(Object.keys(attributes.subscriptions.email).sort()).toEqual([
      "click_tracking",
      "marketing",
      "open_tracking",
    ]);
  });

  test("revision 2026-10-15 is taken", async () => {
    const { simulator } = await aSimulator();
    const answer = await rawClient(simulator, { revision: "2026-10-15" }).get("/api/lists");
    expect([answer.status, answer.headers["x-klaviyo-api-retirement-date"]]).toEqual([
      200,
      "2028-10-15",
    ]);
  });

  test("operations that Klaviyo has and the simulator has not are answered 501 by name", async () => {
    const { client } = await aSimulator();
    const asked: [string, string, string][] = [
      ["GET", "/api/lists/X/tags", "get_tags_for_list"],
      ["POST", "/api/profile-merge/", "merge_profiles"],
      ["GET", "/api/profiles/X/relationships/segments", "get_segment_ids_for_profile"],
    ];
    for (const [method, path, operation] of asked) {
      const answer = await client.request({ method, url: path });
      expect([answer.status, answer.data.errors[0].detail]).toEqual([
        501,
        `The simulator does not have ${operation}.`,
      ]);
    }
  });
});
