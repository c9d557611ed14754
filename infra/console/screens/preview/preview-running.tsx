import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import LiveRegion from "@cloudscape-design/components/live-region";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useFormats, useTexts } from "../../texts/language";

/** While the segments are being read. @param since when the preview was asked for */
export function PreviewRunning({ since }: { readonly since: string }) {
  const said = useTexts().preview;
  const formats = useFormats();
  return (
    <Container>
      <LiveRegion>
        <StatusIndicator type="in-progress">{said.running}</StatusIndicator>
      </LiveRegion>
      <Box color="text-body-secondary">
        {said.runningHint} {formats.instant(since)}
      </Box>
    </Container>
  );
}
