import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { syncModeSchema } from "../../../../../shared/domain/exports/export";
import { SUBSCRIPTION_WORDING } from "../../../../../shared/domain/exports/subscription";
import { useTexts } from "../../../texts/language";
import type { DescribedSegments } from "../described-segments";
import { exportFormSchema } from "../form/export-form";
import { sharedFields } from "../mapping/sample";
import type { StepProps } from "./step-props";

/** What becomes of people who leave the segments, and whom the export subscribes to emails. */
export function DeliveryStep({
  form,
  change,
  faultOf,
  described,
}: StepProps & { readonly described: DescribedSegments }) {
  const said = useTexts().wizard.delivery;
  const wizard = useTexts().wizard;
  const fields = sharedFields(described.found).map(({ name }) => ({ value: name, label: name }));
  const suggested = described.found[0]?.suggestedConsent;
  const { subscription } = form;
  return (
    <SpaceBetween size="l">
      <Container>
        <SpaceBetween size="l">
          <FormField label={said.syncMode} errorText={faultOf("syncMode")}>
            <RadioGroup
              value={form.syncMode}
              items={syncModeSchema.options.map((value) => ({
                value,
                label: said.syncModes[value],
                description: said.syncModeHints[value],
              }))}
              onChange={({ detail: { value } }) =>
                change({ syncMode: syncModeSchema.parse(value) })
              }
            />
          </FormField>
          <FormField
            label={said.threshold}
            constraintText={said.thresholdHint}
            errorText={faultOf("rejectionThreshold")}
          >
            <Input
              inputMode="numeric"
              value={form.rejectionThreshold}
              onChange={({ detail: { value } }) => change({ rejectionThreshold: value })}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container>
        <SpaceBetween size="l">
          <FormField label={said.subscription} errorText={faultOf("subscription")}>
            <RadioGroup
              value={subscription}
              items={exportFormSchema.shape.subscription.options.map((value) => ({
                value,
                label: said.subscriptions[value],
                description: said.subscriptionHints[value],
              }))}
              onChange={({ detail: { value } }) => {
                const chosen = exportFormSchema.shape.subscription.parse(value);
                change({
                  subscription: chosen,
                  ...(chosen === "none" || form.consentField !== "" || suggested === undefined
                    ? {}
                    : { consentField: suggested.field, consentMeaning: suggested.meaning }),
                });
              }}
            />
          </FormField>
          {subscription === "historical" ? (
            <FormField label={said.consentedAt} errorText={faultOf("consentedAtField")}>
              <Select
                filteringType="auto"
                filteringAriaLabel={wizard.mapping.filter}
                virtualScroll
                placeholder={wizard.mapping.choose}
                options={fields}
                selectedOption={
                  form.consentedAtField === ""
                    ? null
                    : { value: form.consentedAtField, label: form.consentedAtField }
                }
                onChange={({ detail: { selectedOption } }) =>
                  change({ consentedAtField: selectedOption.value ?? "" })
                }
              />
            </FormField>
          ) : null}
          {subscription === "none" ? null : (
            <>
              <FormField
                label={said.consentField}
                description={said.consentFieldHint}
                errorText={faultOf("consentField")}
              >
                <Select
                  filteringType="auto"
                  filteringAriaLabel={wizard.mapping.filter}
                  virtualScroll
                  options={[{ value: "", label: said.noConsentField }, ...fields]}
                  selectedOption={{
                    value: form.consentField,
                    label: form.consentField === "" ? said.noConsentField : form.consentField,
                  }}
                  onChange={({ detail: { selectedOption } }) =>
                    change({ consentField: selectedOption.value ?? "" })
                  }
                />
              </FormField>
              {form.consentField === "" ? null : (
                <FormField label={said.meaning}>
                  <RadioGroup
                    value={form.consentMeaning}
                    items={exportFormSchema.shape.consentMeaning.options.map((value) => ({
                      value,
                      label: said.meanings[value],
                    }))}
                    onChange={({ detail: { value } }) =>
                      change({ consentMeaning: exportFormSchema.shape.consentMeaning.parse(value) })
                    }
                  />
                </FormField>
              )}
              <FormField
                label={said.customSource}
                description={said.customSourceHint}
                errorText={faultOf("customSource")}
              >
                <Input
                  value={form.customSource}
                  onChange={({ detail: { value } }) => change({ customSource: value })}
                />
              </FormField>
              <FormField errorText={faultOf("agree")} description={said.wordingLanguage}>
                <SpaceBetween size="xs">
                  <Box>
                    <span lang="en">{SUBSCRIPTION_WORDING.text}</span>
                  </Box>
                  {form.acknowledged ? null : (
                    <Checkbox
                      checked={form.agree}
                      onChange={({ detail: { checked } }) => change({ agree: checked })}
                    >
                      {said.agree}
                    </Checkbox>
                  )}
                </SpaceBetween>
              </FormField>
            </>
          )}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
