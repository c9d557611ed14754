import { describe, expect, it } from "@jest/globals";
import { itemizeIdleMonth, type PricedTemplate } from "../../bench/cost/idle-month";
import { sumOf } from "../../bench/cost/itemize";
import { synthesize, templateOf } from "../stack/synthesized";

const stage = "production";
const dollarsOf = (template: PricedTemplate, secrets = 1): number =>
  sumOf(itemizeIdleMonth(template, secrets), "requests and compute");

describe("a month in which no export runs", () => {
  it("costs at most two dollars, with one connection", () => {
    expect(dollarsOf(templateOf(stage))).toBeLessThanOrEqual(2);
  });

  it("costs $0.40 more for each further connection", () => {
    const template = templateOf(stage);
    expect(dollarsOf(template, 3) - dollarsOf(template)).toBeCloseTo(0.8);
  });

  it("costs a dashboard and an alarm for each of five measurements more with full monitoring", () => {
    const full = synthesize({ stage, configuration: { monitoring: "full" } });
    expect(dollarsOf(full) - dollarsOf(templateOf(stage))).toBeCloseTo(3 + 5 * 0.1);
  });

  it("counts five long polls for each event source all the time", () => {
    const [polls] = itemizeIdleMonth(templateOf(stage), 1);
    expect(polls?.quantity).toBe(5 * 5 * 3 * 60 * 24 * 30);
  });

  it.each([
    ["an alarm", { Type: "AWS::CloudWatch::Alarm", Properties: {} }, 0.1],
    [
      "an alarm on a sum of two metrics",
      {
        Type: "AWS::CloudWatch::Alarm",
        Properties: {
          Metrics: [{ Expression: "a+b" }, { MetricStat: {} }, { MetricStat: {} }],
        },
      },
      0.2,
    ],
    [
      "an event source",
      { Type: "AWS::Lambda::EventSourceMapping", Properties: {} },
      5 * 3 * 60 * 24 * 30 * 0.4e-6,
    ],
  ])("costs more with %s more", (_what, more, dollars) => {
    const { Resources } = templateOf(stage);
    const added = dollarsOf({ Resources: { ...Resources, More: more } });
    expect(added - dollarsOf({ Resources })).toBeCloseTo(dollars);
  });

  it("can't be told for what has no price here", () => {
    const { Resources } = templateOf(stage);
    const More = { Type: "AWS::EC2::NatGateway", Properties: {} };
    expect(() => itemizeIdleMonth({ Resources: { ...Resources, More } }, 1)).toThrow(
      "AWS::EC2::NatGateway",
    );
  });
});
