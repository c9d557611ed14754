import { describe, expect, it } from "@jest/globals";
import { createExportBodySchema } from "../../../../../shared/contract/exports";
import { exportAnswerSchema } from "../../../../../shared/contract/answers/export-answer";
import { exportExample } from "../../../../../shared/contract/examples";
import {
  bodyOf,
  emptyForm,
  formOf,
  scheduleOf,
  type ExportForm,
} from "../../../../../infra/console/screens/export-wizard/form/export-form";
import {
  faultOfProblem,
  faultsOf,
} from "../../../../../infra/console/screens/export-wizard/form/faults";
import { differences } from "../../../../../infra/console/screens/export-wizard/form/differences";

const aForm = (overrides: Partial<ExportForm> = {}): ExportForm => ({
  ...emptyForm("Europe/Berlin"),
  displayName: "Newsletter",
  connectionId: "01M84KSTB3JY7Q4C6N1RKZ0F8D",
  listId: "LiSt01",
  segments: ["customers"],
  email: "Email",
  ...overrides,
});

const anExportAnswer = (overrides: object = {}) =>
  exportAnswerSchema.parse({ ...exportExample, ...overrides });

describe("the form of an export", () => {
  it("sends back what it was made of", () => {
    const shown = anExportAnswer({
      mapping: {
        email: "Email",
        first_name: "First name",
        phone_number: { field: "Mobile", defaultCountry: "DE" },
        location: { city: "Town" },
        properties: {
          "v1.0": { field: "Joined", type: "date", format: "dd/MM/yyyy" },
          Tier: { field: "Tier", empty: "clear" },
        },
        consent: { field: "Opt out", meaning: "refused" },
      },
      syncMode: "mirror",
      rejectionThreshold: 20,
    });

    const body = createExportBodySchema.parse(bodyOf(formOf(shown, "UTC")));

    expect(body).toEqual({
      displayName: shown.displayName,
      connectionId: shown.connectionId,
      listId: shown.listId,
      segments: shown.segments,
      mapping: shown.mapping,
      syncMode: "mirror",
      rejectionThreshold: 20,
    });
  });

  it.each([
    { mode: "system" },
    { mode: "onRefresh", overdueAfterHours: 26 },
    {
      mode: "own",
      recurrence: {
        frequency: "weekly",
        days: ["monday", "thursday"],
        times: ["06:00", "14:30"],
        timeZone: "Europe/Berlin",
      },
    },
    { mode: "off", recurrence: { frequency: "daily", times: ["06:00"], timeZone: "UTC" } },
  ])("keeps the schedule $mode", (schedule) => {
    const shown = anExportAnswer({ schedule });
    expect(scheduleOf(formOf(shown, "UTC"), shown.schedule)).toEqual(schedule);
  });

  it("asks for no second acknowledgement of an export that subscribes", () => {
    const acknowledgement = {
      agreedBy: "administrator-1",
      agreedAt: "2026-11-02T08:00:00.000Z",
      wordingVersion: "1",
      wording: "I acknowledge",
    };
    const shown = anExportAnswer({ subscription: { historicalImport: false, acknowledgement } });
    const form = formOf(shown, "UTC");
    expect(faultsOf(form)).toEqual([]);
    expect(faultsOf({ ...form, acknowledged: false })).toMatchObject([
      { step: "delivery", field: "agree", missing: true },
    ]);
  });
});

describe("what keeps the form from being saved", () => {
  it("is each answer that is missing, at its step", () => {
    expect(
      faultsOf(emptyForm("UTC"))
        .filter(({ missing }) => missing)
        .map(({ step, field }) => [step, field]),
    ).toEqual([
      ["review", "displayName"],
      ["connection", "connectionId"],
      ["list", "listId"],
      ["segments", "segments"],
      ["mapping", "email"],
    ]);
  });

  it("is nothing once all is answered", () => {
    expect(faultsOf(aForm())).toEqual([]);
  });

  it.each([
    [
      "lines",
      { lines: [{ key: 7, group: "properties", name: "$x", field: "X", rules: {} }] },
      "mapping",
      "line.7",
    ],
    ["times", { scheduleMode: "own", times: ["6 am"] }, "schedule", "times"],
    ["days", { scheduleMode: "own", frequency: "weekly", days: [] }, "schedule", "days"],
    [
      "hours",
      { scheduleMode: "onRefresh", overdueAfterHours: "soon" },
      "schedule",
      "overdueAfterHours",
    ],
    ["threshold", { rejectionThreshold: "-1" }, "delivery", "rejectionThreshold"],
    [
      "time of consent",
      { subscription: "historical", agree: true },
      "delivery",
      "consentedAtField",
    ],
  ] as const)("is wrong %s, at its step and field", (_what, answers, step, field) => {
    expect(faultsOf(aForm(answers as unknown as Partial<ExportForm>))).toMatchObject([
      { step, field },
    ]);
  });

  it.each([
    [{ code: "listMirrored" }, { step: "list", field: "listId" }],
    [
      { code: "segmentMissing", field: "/segments/0" },
      { step: "segments", field: "segments" },
    ],
    [
      { code: "invalidRequest", field: "/mapping/properties/Tier" },
      { step: "mapping", field: "line.3" },
    ],
    [
      { code: "invalidRequest", field: "/subscription/agree" },
      { step: "delivery", field: "agree" },
    ],
    [{ code: "keyRefused" }, { step: "connection", field: "connectionId" }],
    [{ code: "klaviyoUnavailable" }, undefined],
  ])("is told by the API as %j", (problem, place) => {
    const form = aForm({
      lines: [{ key: 3, group: "properties", name: "Tier", field: "Tier", rules: {} }],
    });
    const fault = faultOfProblem({ ...problem, text: "No." }, form);
    expect(fault && { step: fault.step, field: fault.field }).toEqual(place);
  });
});

describe("what differs between two versions", () => {
  it("is each setting by its way, lists as a whole", () => {
    const mine = bodyOf(aForm({ displayName: "Mine", segments: ["a", "b"] }));
    const theirs = bodyOf(
      aForm({
        segments: ["a"],
        lines: [{ key: 0, group: "location", name: "city", field: "Town", rules: {} }],
      }),
    );
    expect(differences(mine, theirs)).toEqual([
      { setting: "displayName", one: "Mine", other: "Newsletter" },
      { setting: "mapping.location.city", one: undefined, other: "Town" },
      { setting: "segments", one: "a, b", other: "a" },
    ]);
  });
});
