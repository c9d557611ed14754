import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { PreviewAnswer } from "../../api/queries/previews";
import { useFormats, useTexts } from "../../texts/language";

const kinds = ["importJobs", "statusPolls", "lookups", "removals", "subscriptions"] as const;

/** How many calls to Klaviyo the run would take, and how long its limits make them take at least. */
export function PreviewEstimate({ preview: { estimate } }: { readonly preview: PreviewAnswer }) {
  const said = useTexts().preview.estimate;
  const formats = useFormats();
  if (estimate === undefined) {
    return null;
  }
  const { calls, seconds } = estimate;
  const all = kinds.reduce((sum, kind) => sum + calls[kind], 0);
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${formats.number(all)})`}
          description={seconds === 0 ? said.atOnce : said.seconds(formats.duration(seconds))}
        >
          {said.title}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={kinds
          .filter((kind) => calls[kind] > 0)
          .map((kind) => ({ label: said.parts[kind], value: formats.number(calls[kind]) }))}
      />
    </Container>
  );
}
