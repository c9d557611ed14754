import { describe, expect, it } from "@jest/globals";
import { anApi } from "../../../../support/api";

const one = "/connections/connection-1";

describe("GET /connections/{connectionId}/lists", () => {
  const many = Object.fromEntries(
    Array.from({ length: 57 }, (_, index) => [
      `List${String(index).padStart(2, "0")}`,
      `${index % 2 === 0 ? "VIP" : "All"} ${String(index).padStart(2, "0")}`,
    ]),
  );
  const list = (query: Record<string, string>) =>
    ({ method: "GET", path: `${one}/lists`, query, role: "Contributor" }) as const;

  it.each(["1", "7", "10", "13", "100"])("shows every list once, in pages of %s", async (limit) => {
    const api = anApi({ account: { lists: many } });
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const { status, body } = await api.request(
        list({ limit, ...(next === undefined ? {} : { after: next }) }),
      );
      expect(status).toBe(200);
      expect(body.items.length).toBeLessThanOrEqual(Number(limit));
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      next = body.next;
    } while (next !== undefined);

    expect(seen.sort()).toEqual(Object.keys(many).sort());
  });

  it("finds the lists whose name contains a text, whatever the case", async () => {
    const api = anApi({ account: { lists: many } });

    const answer = await api.request(list({ search: "vip 4", limit: "100" }));

    expect(answer.body).toEqual({
      items: [40, 42, 44, 46, 48].map((index) => ({
        id: `List${String(index)}`,
        name: `VIP ${String(index)}`,
      })),
    });
  });

  it("refuses a cursor that is none of its own, and one that Klaviyo refuses", async () => {
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const after of ["x", cursor({}), cursor({ page: "nonsense", looked: 0 })]) {
      const answer = await anApi().request(list({ after }));

      expect([answer.status, answer.body.field]).toEqual([400, "/after"]);
    }
  });

  it("shows on the connection that the key was refused", async () => {
    const api = anApi({ account: { failures: [{ kind: "keyRefused" }] } });

    const answer = await api.request(list({}));

    expect([answer.status, answer.body.code]).toEqual([422, "keyRefused"]);
    expect((await api.request({ method: "GET", path: one })).body.state).toBe("keyRefused");
  });

  it("makes a list", async () => {
    const api = anApi();

    const answer = await api.request({
      ...{ method: "POST", path: `${one}/lists`, role: "Contributor" },
      body: { name: "From here" },
    });

    expect([answer.status, answer.body]).toEqual([201, { id: "NeW001", name: "From here" }]);
    expect(answer.headers["location"]).toBe(`${one}/lists/NeW001`);
  });
});

describe("GET /connections/{connectionId}/lists/{listId}", () => {
  const show = (listId: string) =>
    ({ method: "GET", path: `${one}/lists/${listId}`, role: "Contributor" }) as const;

  it("shows a list", async () => {
    const answer = await anApi().request(show("LiSt02"));

    expect([answer.status, answer.body]).toEqual([200, { id: "LiSt02", name: "Other" }]);
  });

  it("does not find what the account does not have", async () => {
    const answer = await anApi().request(show("Absent"));

    expect([answer.status, answer.body.code]).toEqual([404, "listNotFound"]);
    expect(answer.body.params).toEqual({ listId: "Absent" });
  });

  it("refuses an id that can't be one, without asking Klaviyo", async () => {
    const api = anApi();

    const answer = await api.request(show("a.b"));

    expect([answer.status, answer.body.field]).toEqual([400, "/listId"]);
    expect(api.klaviyo.calls).toEqual([]);
  });

  it("shows on the connection that the key was refused", async () => {
    const api = anApi({ account: { failures: [{ kind: "keyRefused" }] } });

    const answer = await api.request(show("LiSt01"));

    expect([answer.status, answer.body.code]).toEqual([422, "keyRefused"]);
    expect((await api.request({ method: "GET", path: one })).body.state).toBe("keyRefused");
  });
});
