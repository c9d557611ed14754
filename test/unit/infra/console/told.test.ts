import { describe, expect, it } from "@jest/globals";
import {
  reason,
  reasonOfProblem,
  reasonSchema,
} from "../../../../shared/domain/explanations/reason";
import {
  fixedReasons,
  namedReason,
  namedReasons,
} from "../../../../shared/domain/problems/reasons";
import {
  problem,
  problemCatalogue,
  problemCodeSchema,
} from "../../../../shared/domain/problems/problem";
import { dropReasons } from "../../../../shared/domain/profiles/profile-values";
import { refusedByKlaviyo } from "../../../../shared/domain/runs/left-out/dropped-values";
import { rowRejections } from "../../../../shared/domain/runs/rejection";
import { describeFailure } from "../../../../infra/console/api/failures";
import { de } from "../../../../infra/console/texts/de/index";
import { en } from "../../../../infra/console/texts/en/index";
import {
  tellDropped,
  tellProblem,
  tellReason,
  tellRejection,
} from "../../../../infra/console/texts/told";
import { ApiError } from "../../../../infra/client/client";

/** The parameters of a text, by name. */
function parametersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name))].toSorted();
}

/** Two problems tell drop reasons, which the console says by their codes. */
const saidByCode: Readonly<Record<string, string>> = {
  valuesDropped: "reason",
  fieldDropped: "reasons",
};

const codes = Object.keys(problemCatalogue).map((code) => problemCodeSchema.parse(code));

describe("what the API tells", () => {
  it.each(codes)("is said in German with the same parameters: problem %s", (code) => {
    const english = parametersOf(problem(code).message).map((name) =>
      name === "text" ? (saidByCode[code] ?? name) : name,
    );
    expect(parametersOf(de.told?.problems[code] ?? "")).toEqual(english.toSorted());
  });

  it.each(reasonSchema.shape.code.options)(
    "is said in German with the same parameters: reason %s",
    (code) => {
      const english = parametersOf(reason(code, null).sentence);
      expect(parametersOf(de.told?.reasons[code] ?? "")).toEqual(english);
    },
  );

  it("is said in German of every row that is rejected, and of every value that is left out", () => {
    const rows = Object.entries(rowRejections).map(([code, { text }]) => ({ code, text }));
    const values = Object.entries({
      ...dropReasons,
      [refusedByKlaviyo.reason]: refusedByKlaviyo.text,
    }).map(([each, text]) => ({ reason: each, text }));
    const told = [
      ...rows.map((row) => tellRejection(de.told, row)),
      ...values.map((value) => tellDropped(de.told, value)),
    ];
    expect(told.filter(({ language }) => language === "en")).toEqual([]);
    expect(told.map(({ text }) => text)).not.toContain("");
  });

  it("is said with numbers, roles and reasons as German writes them", () => {
    const said = [
      problem("overProfileLimit", { members: 120_000, limit: 100_000 }),
      problem("notPermitted", { role: "Contributor" }),
      problem("klaviyoUnavailable", { reason: fixedReasons.limitReached }),
      problem("fieldDropped", {
        count: 3,
        attribute: "phone_number",
        field: "Phone",
        reasons: "notPhone, tooLong",
        text: "…",
      }),
    ].map((each) => tellProblem(de.told, each).text);
    expect(said).toEqual([
      expect.stringContaining("120.000 Mitglieder"),
      expect.stringContaining("die Rolle Mitwirkender"),
      expect.stringContaining("seine Grenze der Anfragen war erreicht"),
      expect.stringContaining(
        "enthält dort keine gültige Telefonnummer; oder enthält dort einen zu langen Text",
      ),
    ]);
  });

  it("is said in German with the same parameters of each reason that names something", () => {
    const inEnglish = Object.entries(namedReasons).map(([code, text]) => [
      code,
      parametersOf(text),
    ]);
    const inGerman = Object.entries(de.told?.named ?? {}).map(([code, text]) => [
      code,
      parametersOf(text),
    ]);
    expect(inGerman).toEqual(inEnglish);
    const unfinished = problem("segmentUnfinished", {
      segment: "vip",
      ...namedReason("markerMissing", { marker: "_DONE" }),
    });
    expect(unfinished.message).toContain("not whole: its marker “_DONE” is not there.");
    expect(tellProblem(de.told, unfinished).text).toContain(
      "nicht vollständig: seine Markierung „_DONE“ ist nicht da.",
    );
  });

  it("tells a problem within a reason", () => {
    const told = tellReason(de.told, reasonOfProblem("runFailed", false, problem("runStalled")));
    expect(told).toEqual({
      text: expect.stringMatching(/^Der letzte Lauf ist fehlgeschlagen: Der Lauf bewegte sich/),
    });
  });

  it("stays as it is told in English", () => {
    const { code, message, params } = problem("runEnded", { runId: "R1", status: "failed" });
    expect(tellProblem(en.told, { code, message, params })).toEqual({
      text: message,
      language: "en",
    });
  });

  it.each([
    [
      "its code is of a newer API",
      { code: "moonTooFull", message: "The moon is full.", params: {} },
    ],
    ["its code is the name of something else", { code: "toString", message: "Text.", params: {} }],
    [
      "a parameter is missing, since it was recorded earlier",
      { ...problem("fieldDropped", { count: 1 }), message: "It is lost." },
    ],
  ])("stays as it is told when %s", (_when, told) => {
    expect(tellProblem(de.told, told)).toEqual({ text: told.message, language: "en" });
  });

  it("is said in German of an answer that refuses", () => {
    const { code, message, params } = problem("runEnded", { runId: "R1", status: "failed" });
    const failure = describeFailure(
      new ApiError({
        kind: "refused",
        status: 409,
        problem: {
          type: "urn:klaviyo-segment-export:problem:runEnded",
          title: "Run ended",
          status: 409,
          detail: message,
          code,
          params,
          requestId: "request",
        },
      }),
      de,
    );
    expect(failure).toMatchObject({
      title: de.common.failures.conflictTitle,
      text: "Der Lauf R1 ist beendet: Fehlgeschlagen. Es ist nichts zu tun.",
    });
    expect(failure.language).toBeUndefined();
  });
});
