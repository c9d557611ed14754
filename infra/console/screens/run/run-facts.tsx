import Container from "@cloudscape-design/components/container";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { isTerminal } from "../../../../shared/domain/runs/run";
import type { RunAnswer } from "../../api/queries/runs";
import { RunStatusIndicator } from "../../parts/run-status";
import { useFormats, useTexts } from "../../texts/language";

/** Where a run is: its status, since when, how far, and how long it will still take. */
export function RunFacts({ run, now }: { readonly run: RunAnswer; readonly now: Date }) {
  const { run: texts, runs } = useTexts();
  const { duration, instant, number } = useFormats();
  const { facts, left } = texts;
  const { status, phase, timings, progress, timeLeft, trigger, scheduledFor } = run;
  const requestedBy = run.people?.[run.requestedBy] ?? run.requestedBy;
  const isGoing = !isTerminal(status);
  const seconds =
    timings.seconds ?? Math.max(0, now.getTime() - Date.parse(timings.requestedAt)) / 1_000;
  const { profiles } = progress;
  const ofAll = (done: number, all: number) => texts.ofProfiles(number(done), number(all));
  return (
    <Container>
      <KeyValuePairs
        columns={4}
        minColumnWidth={150}
        items={[
          { label: facts.status, value: <RunStatusIndicator status={status} phase={phase} /> },
          { label: isGoing ? facts.takes : facts.took, value: duration(seconds) },
          ...(isGoing
            ? [
                {
                  label: facts.timeLeft,
                  value:
                    timeLeft === undefined
                      ? left.unknown
                      : left[timeLeft.restsOn](duration(timeLeft.seconds)),
                },
              ]
            : []),
          ...(profiles !== null
            ? [
                { label: facts.sent, value: ofAll(profiles.sent, profiles.toSend) },
                { label: facts.confirmed, value: ofAll(profiles.confirmed, profiles.toSend) },
              ]
            : []),
          {
            label: facts.requested,
            value:
              scheduledFor === undefined
                ? `${instant(timings.requestedAt)}, ${runs.trigger[trigger]}`
                : texts.scheduledFor(instant(scheduledFor)),
          },
          { label: facts.requestedBy, value: requestedBy },
        ]}
      />
    </Container>
  );
}
