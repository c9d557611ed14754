import PropertyFilter, {
  type PropertyFilterProps,
} from "@cloudscape-design/components/property-filter";
import { auditOutcomeSchema } from "../../../../shared/domain/access/audit";
import { useTexts } from "../../texts/language";
import { auditedActions } from "./audited-actions";
import { auditFilters, auditSearchSchema, type AuditSearch } from "./search";

/** What the log is filtered by; every filter is a part of the address. */
export function AuditFilter({
  search,
  onSearch,
}: {
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
}) {
  const { audit: texts } = useTexts();
  const { filters } = texts;
  const query: PropertyFilterProps.Query = {
    operation: "and",
    tokens: auditFilters.flatMap((propertyKey) => {
      const value = search[propertyKey];
      return value === undefined ? [] : [{ propertyKey, operator: "=", value }];
    }),
  };
  return (
    <PropertyFilter
      query={query}
      hideOperations
      disableFreeTextFiltering
      filteringAriaLabel={filters.label}
      filteringPlaceholder={filters.placeholder}
      filteringProperties={[
        {
          key: "actor",
          operators: ["="],
          propertyLabel: filters.actor,
          groupValuesLabel: filters.actorValues,
        },
        {
          key: "action",
          operators: ["="],
          propertyLabel: filters.action,
          groupValuesLabel: filters.actionValues,
        },
        {
          key: "target",
          operators: ["="],
          propertyLabel: filters.target,
          groupValuesLabel: filters.targetValues,
        },
        {
          key: "outcome",
          operators: ["="],
          propertyLabel: filters.outcome,
          groupValuesLabel: filters.outcomeValues,
        },
      ]}
      filteringOptions={[
        ...auditedActions.map((value) => ({ propertyKey: "action", value })),
        ...auditOutcomeSchema.options.map((value) => ({
          propertyKey: "outcome",
          value,
          label: texts.outcomes[value],
        })),
      ]}
      onChange={({ detail }) =>
        // Of two filters by the same field the later one holds: an entry has one of each.
        onSearch(
          auditSearchSchema.parse(
            Object.fromEntries(
              detail.tokens.map(({ propertyKey, value }) => [propertyKey ?? "", value]),
            ),
          ),
        )
      }
    />
  );
}
