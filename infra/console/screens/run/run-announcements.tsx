import LiveRegion from "@cloudscape-design/components/live-region";
import type { RunAnswer } from "../../api/queries/runs";
import { useTexts } from "../../texts/language";
import { phaseNow } from "./phases/phase-timeline-bars";

/** Tells who does not see the page of each phase that begins, and of the end; not of each number that moves. */
export function RunAnnouncements({ run }: { readonly run: RunAnswer }) {
  const { run: texts, runs } = useTexts();
  const phase = phaseNow(run);
  return (
    <LiveRegion hidden>
      {phase === undefined
        ? texts.phases.ended(runs.status[run.status])
        : texts.phases.now(texts.phases.names[phase].name)}
    </LiveRegion>
  );
}
