import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { ToldText } from "../../parts/told-text";
import { useTexts } from "../../texts/language";
import { tellDropped } from "../../texts/told";
import type { SearchedRows } from "./explanation";
import { attributesOf } from "./profile-attributes";

/** Each value of the profile as it is sent, and the values that it goes without. */
export function SentProfile({
  segments: { profile, leftOut, tooLarge },
}: {
  readonly segments: SearchedRows;
}) {
  const { explain: texts, told } = useTexts();
  return (
    <SpaceBetween size="l">
      {tooLarge && <Alert type="warning">{texts.tooLarge}</Alert>}
      <Table
        variant="container"
        wrapLines
        header={
          <Header variant="h2" description={texts.profileHint}>
            {texts.profile}
          </Header>
        }
        items={attributesOf(profile)}
        trackBy="path"
        empty={texts.profileNone}
        columnDefinitions={[
          {
            id: "attribute",
            header: texts.attribute,
            isRowHeader: true,
            cell: ({ path }) => <code>{path}</code>,
          },
          { id: "value", header: texts.value, cell: ({ value }) => value },
        ]}
      />
      <Table
        variant="container"
        wrapLines
        header={<Header variant="h2">{texts.leftOut}</Header>}
        items={leftOut}
        trackBy="attribute"
        empty={texts.leftOutNone}
        columnDefinitions={[
          {
            id: "attribute",
            header: texts.attribute,
            isRowHeader: true,
            cell: ({ attribute }) => <code>{attribute}</code>,
          },
          { id: "field", header: texts.field, cell: ({ field }) => field },
          {
            id: "reason",
            header: texts.reason,
            cell: ({ reason, text }) => (
              <>
                <ToldText told={tellDropped(told, { reason, text })} />
                <Box variant="small" display="block">
                  <code>{reason}</code>
                </Box>
              </>
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
}
