/** A table of a `model.json` as a test wants it. */
export interface ModelledTable {
  readonly name?: string;
  readonly $type?: string;
  /** Names of attributes, with a type where it is not `string`: `Spent:double`. */
  readonly attributes?: readonly string[];
  /** Paths below the export's folder; or whole locations, beginning with a scheme. */
  readonly files?: readonly string[];
  readonly format?: object;
  readonly refreshTime?: string;
}

/** Where Customer Insights wrote the export that tests read. */
export const WRITTEN_AT =
  "https://contosodata.blob.core.windows.net/exports/CustomerInsights_0123/Klaviyo";

/** The text of a `model.json`, of the shape that Customer Insights writes. */
export function exportModel(
  tables: readonly ModelledTable[],
  { property = "entities", version = "1.0" }: { property?: string; version?: string } = {},
): string {
  return JSON.stringify({
    name: "Klaviyo",
    version,
    [property]: tables.map(
      ({
        name = "HighValue",
        $type = "LocalEntity",
        attributes = ["CustomerId", "EMail", "Spent:double"],
        files,
        format = { $type: "CsvFormatSettings", columnHeaders: true },
        refreshTime,
      }) => ({
        $type,
        name,
        attributes: attributes.map((text) => {
          const [attribute, dataType = "string"] = text.split(":");
          return { name: attribute, dataType };
        }),
        ...(files === undefined
          ? {}
          : {
              partitions: files.map((file, index) => ({
                name: `${name}_${index + 1}`,
                ...(refreshTime === undefined ? {} : { refreshTime }),
                location: file.includes("://")
                  ? file
                  : `${WRITTEN_AT}/${file.split("/").map(encodeURIComponent).join("/")}`,
                fileFormatSettings: format,
              })),
            }),
      }),
    ),
  });
}
