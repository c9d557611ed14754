import { emails, importBody, JOBS, rawClient } from "../integration/klaviyo-simulator/support";
import { startSystem, type System } from "../support/system";
import { recordTraffic } from "./traffic";
import type { Exchange } from "./validator";

const LISTS = "/api/lists";
const PROFILES = "/api/profiles";

/** What passed between the exporter and the simulator, and between a client that tries all of it. */
export interface RecordedScenario {
  readonly exporter: readonly Exchange[];
  readonly client: readonly Exchange[];
}

/**
 * Plays all that the exporter does at Klaviyo on the whole system, and then each operation of the simulator, as it is
 * meant to be used and as it is not.
 */
export async function playScenario(): Promise<RecordedScenario> {
  const traffic = await recordTraffic();
  const system = await startSystem({
    // Chunks of two profiles: the jobs are so many that they are listed, rather than asked for one by one.
    environmentOverrides: { KLAVIYO_BASE_URL: traffic.url, TUNING_CHUNK_PROFILES: "2" },
  });
  try {
    traffic.leadTo(system.laptop.klaviyo.url);
    await exportAll(system);
    const exporter = [...traffic.exchanges];
    await tryOperations(system, traffic.url);
    return { exporter, client: traffic.exchanges.slice(exporter.length) };
  } finally {
    await system.close();
    await traffic.close();
  }
}

/** Connections, lists, a mirror with a full mapping and subscriptions, refusals, leavers, a reconciliation. */
async function exportAll(system: System): Promise<void> {
  const { klaviyo } = system.laptop;
  const { accountId } = klaviyo.first;
  await system.call("POST", "/connections", {
    body: { displayName: "Refused", apiKey: "pk_none", agree: true, sharing: "administrators" },
  });
  const connectionId = await system.createConnection();
  await system.call("POST", `/connections/${connectionId}/verify`);
  await system.call("GET", `/connections/${connectionId}/lists?search=news`);
  await system.call("POST", `/connections/${connectionId}/lists`, { body: { name: "Made here" } });

  const { id: listId } = klaviyo.createList(accountId, {
    name: "Everybody",
    optInProcess: "single_opt_in",
  });
  const people = [
    "ann",
    "bob",
    "refused",
    ...Array.from({ length: 9 }, (_, index) => `p${String(index)}`),
  ];
  const header =
    "Email,Phone,Id,First,Last,Company,Title,Language,Street,City,Zip,Country,Orders,Since";
  const row = (name: string, phone = "+4930123456"): string =>
    `${name}@example.org,${phone},id-${name},Ann,Example,Example,Dr,de-DE,Street 1,Berlin,10115,Germany,3,2024-01-31T10:00:00Z`;
  await system.putSegment("customers", {
    "a.csv": [header, ...people.map((name) => row(name)), ""].join("\n"),
  });
  klaviyo.setFaults({
    rules: [
      { kind: "refuseProfile", emails: ["refused@example.org"] },
      { kind: "failProfile", emails: ["bob@example.org"] },
    ],
  });
  const exportId = await system.createExport(connectionId, {
    listId,
    syncMode: "mirror",
    subscription: { agree: true, historicalImport: false },
    mapping: {
      email: "Email",
      phone_number: "Phone",
      external_id: "Id",
      first_name: "First",
      last_name: "Last",
      organization: "Company",
      title: "Title",
      locale: "Language",
      location: { address1: "Street", city: "City", zip: "Zip", country: "Country" },
      properties: {
        Orders: { field: "Orders", type: "number" },
        Since: { field: "Since", type: "date" },
      },
    },
  });
  await system.run(exportId);
  klaviyo.setFaults({ rules: [] });
  await system.run(exportId);
  await system.putSegment("customers", { "a.csv": [header, row("ann"), ""].join("\n") });
  await system.run(exportId, undefined, { allowMassRemoval: true });
  await system.run(exportId, "full", { reconcile: true, allowMassRemoval: true });
}

/** Each operation that the simulator has, with what it takes and with what it refuses. */
async function tryOperations(system: System, url: string): Promise<void> {
  const { listId } = system.laptop.klaviyo.first;
  const simulator = { url, first: system.laptop.klaviyo.first };
  const { get, post, patch, delete: remove } = rawClient(simulator);

  await rawClient(simulator, { authorization: "Klaviyo-API-Key pk_none" }).get(LISTS);
  const accounts = await get("/api/accounts");
  await get(`/api/accounts/${String(accounts.data.data[0].id)}`);
  await Promise.all([1, 2, 3].map(() => get("/api/accounts")));

  const made = await post(LISTS, { data: { type: "list", attributes: { name: "Tried" } } });
  const tried = `${LISTS}/${String(made.data.data.id)}`;
  await get(`${LISTS}?page[size]=2&sort=name`);
  await get(`${LISTS}?page[size]=1000`);
  await get(tried);
  await get(`${tried}?additional-fields[list]=profile_count`);
  await get(`${LISTS}/NoList`);
  const { id } = made.data.data;
  await patch(tried, { data: { type: "list", id, attributes: { name: "Tried again" } } });

  const profile = (attributes: object, extra: object = {}): object => ({
    data: { type: "profile", attributes, ...extra },
  });
  const first = await post(PROFILES, profile({ email: "first@example.org", first_name: "First" }));
  await post(PROFILES, profile({ email: "first@example.org" }));
  await post(PROFILES, profile({ email: "no email" }));
  const profileId = String(first.data.data.id);
  await get(`${PROFILES}/${profileId}?additional-fields[profile]=subscriptions`);
  await get(`${PROFILES}/none`);
  await get(`${PROFILES}?page[size]=2&sort=-created&additional-fields[profile]=subscriptions`);
  await get(`${PROFILES}?filter=${encodeURIComponent('equals(email,"first@example.org")')}`);
  await get(`${PROFILES}?filter=nonsense`);
  await patch(`${PROFILES}/${profileId}`, profile({ last_name: "Last" }, { id: profileId }));
  await post("/api/profile-import", profile({ email: "second@example.org" }));

  const relation = { data: [{ type: "profile", id: profileId }] };
  await post(`${tried}/relationships/profiles`, relation);
  await get(`${tried}/profiles?fields[profile]=email`);
  await get(`${tried}/relationships/profiles`);
  await remove(`${tried}/relationships/profiles`, { data: relation });

  const job = await post(JOBS, importBody(emails(3), listId));
  await post(JOBS, importBody(["no email"], listId));
  await post(JOBS, "{");
  const jobPath = `${JOBS}/${String(job.data.data.id)}`;
  await get(`${JOBS}?page[size]=1&sort=-created_at`);
  for (const below of ["", "/import-errors", "/profiles", "/relationships/profiles", "/lists"]) {
    await get(`${jobPath}${below}`);
  }
  await get(`${jobPath}/relationships/lists`);
  await get(`${JOBS}/none`);

  const consent = (state: string): object => ({ email: { marketing: { consent: state } } });
  const bulk = (type: string, attributes: object): object => ({
    data: {
      type,
      attributes: { profiles: { data: [{ type: "profile", attributes }] } },
      relationships: { list: { data: { type: "list", id: listId } } },
    },
  });
  await post(
    "/api/profile-subscription-bulk-create-jobs",
    bulk("profile-subscription-bulk-create-job", {
      email: "first@example.org",
      subscriptions: consent("SUBSCRIBED"),
    }),
  );
  await post(
    "/api/profile-subscription-bulk-delete-jobs",
    bulk("profile-subscription-bulk-delete-job", {
      email: "first@example.org",
      subscriptions: consent("UNSUBSCRIBED"),
    }),
  );
  await post("/api/profile-suppression-bulk-create-jobs", {
    data: {
      type: "profile-suppression-bulk-create-job",
      attributes: {
        profiles: { data: [{ type: "profile", attributes: { email: "first@example.org" } }] },
      },
    },
  });
  await remove(tried);
}
