import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { PreviewAnswer } from "../../api/queries/previews";
import { ProfileJson } from "../../parts/figures/profile-json";
import { ToldText } from "../../parts/told-text";
import { useFormats, useTexts } from "../../texts/language";
import { tellRejection } from "../../texts/told";
import { emailOf } from "./email-of";
import { PreviewChanges } from "./preview-changes";

/** Of whom the preview knows by name: profiles as sent, who leaves, and rows that are set aside. */
export function PreviewPeople({ preview }: { readonly preview: PreviewAnswer }) {
  const { preview: said, told } = useTexts();
  const formats = useFormats();
  const { status, profiles = [], leavers = [], rejections = [], numbers } = preview;
  if (status !== "ready") {
    return null;
  }
  return (
    <SpaceBetween size="l">
      {leavers.length === 0 ? null : (
        <Container
          header={
            <Header
              variant="h2"
              description={said.leavers.some(
                formats.number(leavers.length),
                formats.number(numbers?.leaving ?? leavers.length),
              )}
            >
              {said.leavers.title}
            </Header>
          }
        >
          <ul>
            {leavers.map((email) => (
              <li key={email}>{email}</li>
            ))}
          </ul>
        </Container>
      )}
      <Container header={<Header variant="h2">{said.profiles.title}</Header>}>
        {profiles.length === 0 ? (
          <Box color="text-body-secondary">{said.profiles.none}</Box>
        ) : (
          <SpaceBetween size="xs">
            {profiles.map((profile, index) => {
              const name = emailOf(profile) ?? said.profiles.one(index + 1);
              return (
                <ExpandableSection
                  key={name}
                  headerText={name}
                  defaultExpanded={index === 0}
                  variant="inline"
                >
                  <ProfileJson json={JSON.stringify(profile)} label={name} />
                </ExpandableSection>
              );
            })}
          </SpaceBetween>
        )}
      </Container>
      <PreviewChanges preview={preview} />
      {rejections.length === 0 ? null : (
        <Table
          items={rejections}
          contentDensity="compact"
          wrapLines
          ariaLabels={{ tableLabel: said.rejections.title }}
          header={<Header variant="h2">{said.rejections.title}</Header>}
          columnDefinitions={[
            {
              id: "email",
              header: said.rejections.email,
              isRowHeader: true,
              cell: ({ email }) => email ?? "–",
            },
            {
              id: "reason",
              header: said.rejections.reason,
              cell: (row) => <ToldText told={tellRejection(told, row)} />,
            },
            { id: "segment", header: said.rejections.segment, cell: ({ segment }) => segment },
            { id: "file", header: said.rejections.file, cell: ({ file }) => file },
            {
              id: "row",
              header: said.rejections.row,
              cell: ({ row }) => formats.number(row),
            },
          ]}
        />
      )}
    </SpaceBetween>
  );
}
