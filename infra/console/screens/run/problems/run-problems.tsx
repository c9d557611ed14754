import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { isTerminal } from "../../../../../shared/domain/runs/run";
import type { RunAnswer } from "../../../api/queries/runs";
import { ToldProblem } from "../../../parts/loading/told-problem";
import { useFormats, useTexts } from "../../../texts/language";
import { timeOfDay } from "../phases/time-of-day";

/** What is wrong with a run, for whom it waits, and what is to be known of it besides; nothing when all is well. */
export function RunProblems({ run }: { readonly run: RunAnswer }) {
  const texts = useTexts();
  const formats = useFormats();
  const { problems } = texts.run;
  const { problem, stopping, waiting, warnings, status } = run;
  const isGoing = !isTerminal(status);
  return (
    <SpaceBetween size="s">
      {problem !== undefined && (
        <ToldProblem
          type={status === "failed" ? "error" : status === "canceled" ? "info" : "warning"}
          problem={problem}
        />
      )}
      {isGoing && stopping !== undefined && (
        <ToldProblem type="warning" title={problems.stopping} problem={stopping} />
      )}
      {isGoing && waiting !== undefined && (
        <ToldProblem type="info" title={problems.waiting[waiting.for]} problem={waiting}>
          {" "}
          {problems.waitingSince(timeOfDay(formats, waiting.since))}{" "}
          {waiting.until !== undefined && problems.waitingUntil(formats.instant(waiting.until))}
        </ToldProblem>
      )}
      {warnings.length > 0 && (
        <ExpandableSection
          defaultExpanded={warnings.length <= 3}
          headerText={problems.warnings(warnings.length)}
        >
          <SpaceBetween size="xs">
            {warnings.map((warning) => (
              <ToldProblem
                key={`${warning.code} ${warning.message}`}
                type="warning"
                problem={warning}
              />
            ))}
          </SpaceBetween>
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}
