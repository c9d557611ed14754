import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { RunAnswer } from "../../../api/queries/runs";
import { useFormats, useTexts } from "../../../texts/language";
import { timelineOf } from "./phase-timeline-bars";
import { timeOfDay } from "./time-of-day";
import "./phase-timeline.css";

/** When each phase of a run began and ended: bars over one axis of time, with their times in words. */
export function PhaseTimeline({
  phases,
  now,
}: {
  readonly phases: RunAnswer["phases"];
  readonly now: Date;
}) {
  const texts = useTexts().run.phases;
  const formats = useFormats();
  return (
    <ol className="timeline">
      {timelineOf(phases, now).map(({ phase, from, until, seconds, start, length }) => (
        <li key={phase} className="timeline-phase" data-phase={phase}>
          <div>
            <StatusIndicator type={until === undefined ? "in-progress" : "success"}>
              {texts.names[phase].name}
            </StatusIndicator>
            <Box variant="small" display="block">
              {texts.names[phase].meaning}
            </Box>
          </div>
          <div className="timeline-track" aria-hidden="true">
            <div
              className={`timeline-bar${until === undefined ? " timeline-bar-going" : ""}`}
              style={{ insetInlineStart: `${start * 100}%`, inlineSize: `${length * 100}%` }}
            />
          </div>
          <div className="timeline-times">
            <Box variant="span" fontWeight="bold">
              {formats.duration(seconds)}
            </Box>
            <Box variant="small" display="block">
              {timeOfDay(formats, from)} –{" "}
              {until === undefined ? texts.going : timeOfDay(formats, until)}
            </Box>
          </div>
        </li>
      ))}
    </ol>
  );
}
