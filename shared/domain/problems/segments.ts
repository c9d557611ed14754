/** What can be wrong with segments, their files and their profiles. */
export const segmentProblems = {
  segmentMissing: {
    culprit: "user",
    what: "Segment “{segment}” does not exist or has no files.",
    remedy: "Put the segment's files in place, or choose another segment for the export.",
  },
  segmentOverdue: {
    culprit: "user",
    what: "Segment “{segment}” has not been refreshed for more than {hours} hours; its last refresh: {refreshedAt}.",
    remedy: "See why it is not written; the export runs by itself when it is.",
  },
  segmentEmpty: {
    culprit: "user",
    what: "The segments of the export hold no profiles.",
    remedy: "Refresh the segment, then start the run again.",
  },
  segmentsTooLargeToSearch: {
    culprit: "user",
    what: "The segments are too large to be searched for one person while somebody waits: {megabytes} MB.",
    remedy: "See what the last runs made of the person, or look into a run's rejection report.",
  },
  segmentChanged: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” was replaced, added or removed while the segment was being read.",
    remedy: "Start the run again when the segment's refresh has ended.",
  },
  segmentUnfinished: {
    culprit: "user",
    what: "Segment “{segment}” is not whole: {reason}.",
    remedy:
      "Let its refresh end, or repeat one that broke off; if its marker is not what its writer leaves, change the marker in the segment's settings.",
  },
  manifestUnreadable: {
    culprit: "user",
    what: "“{file}” of segment “{segment}” can't be used as a manifest: {reason}.",
    remedy:
      "Let the writer list the files' paths, one a line or as Redshift does, or choose another marker in the segment's settings.",
  },
  segmentUnreadable: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” can't be read: {reason}.",
    remedy:
      "Write the file again as CSV, NDJSON or Parquet (plain, gzip or zstd), then start the run again.",
  },
  lakeTable: {
    culprit: "user",
    what: "Segment “{segment}” is a table of {format}: its folder also holds rows that the table has deleted or replaced, which only its log tells apart.",
    remedy:
      "Write the table's current rows into a folder of their own as plain Parquet or CSV, such as with Athena's UNLOAD or Spark's df.write.parquet, and choose that segment.",
  },
  severalRuns: {
    culprit: "user",
    what: "Segment “{segment}” holds {runs} runs of an export, such as “{first}” and “{second}”, and each is the whole segment.",
    remedy:
      "Keep the newest run's folder alone, or let a manifest list its files and name it as the segment's marker.",
  },
  partitionsDiffer: {
    culprit: "user",
    what: "The folders of segment “{segment}” give its files different fields: of “{file}” {fields}, of “{other}” {otherFields}.",
    remedy:
      "Take away the files that an earlier layout has left, or give all folders the same names.",
  },
  segmentTooLarge: {
    culprit: "user",
    what: "Segment “{segment}” is larger than can be read: it, or one of its files, has more than {limit} {what}.",
    remedy: "Divide it into several segments and files, and leave out columns that nobody maps.",
  },
  headerMissing: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” has data where the names of its fields should be.",
    remedy:
      "Put a header line, which names its fields, at the file's beginning; or name the columns of its files in the segment's settings.",
  },
  columnsDiffer: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” has {columns} columns, and {names} are named for it.",
    remedy: "Name each of the file's columns, in their order, in the segment's settings.",
  },
  encodingTold: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” is not UTF-8; by its letters it was read as {encoding}.",
    remedy:
      "Nothing needs to be done if names in a preview look right; write the file in UTF-8 otherwise.",
  },
  encodingUnsure: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” is not UTF-8, and its letters don't tell what it is; it was read as {encoding}.",
    remedy: "Look at names in a preview, and write the file in UTF-8.",
  },
  charactersLost: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” holds characters that were lost before it was written; they stand in it as �.",
    remedy: "Export it again from where it comes from, in UTF-8.",
  },
  linesAboveHeader: {
    culprit: "user",
    what: "{lines} lines of file “{file}” of segment “{segment}” stand above its header and were passed over.",
    remedy: "Nothing needs to be done if they are a title or a note.",
  },
  cellsBeyondHeader: {
    culprit: "user",
    what: "{rows} rows of segment “{segment}” have cells for which the header has no name; these cells were left out. The first is row {row} of file “{file}”.",
    remedy:
      "Look whether these rows' other cells are in their columns: a text that holds the delimiter belongs in quotes. Nothing needs to be done if nobody wants the cells.",
  },
  cellsMissing: {
    culprit: "user",
    what: "{rows} rows of segment “{segment}” have fewer cells than the header has names; the missing ones were taken as empty. The first is row {row} of file “{file}”.",
    remedy:
      "Look whether these rows are a sum below the table, or were broken in two: a text that holds a line break belongs in quotes. Nothing needs to be done if empty cells were left out at their ends.",
  },
  preparationTooLong: {
    culprit: "user",
    what: "The export's segments, {megabytes} MB, can't be prepared in the {minutes} minutes that a function has for it.",
    remedy:
      "Spread the segments over several exports, write them as Parquet, or map fewer fields; where the AWS account allows more memory, the function that prepares is quicker with it.",
  },
  diskFull: {
    culprit: "user",
    what: "The segments need more temporary disk than a function has.",
    remedy:
      "Choose smaller segments, or spread them over several exports; as Parquet a segment takes the least disk.",
  },
  fieldMissing: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” has no field “{field}”; it has {fields}.",
    remedy: "Map one of the fields that are there, or put the field into the file.",
  },
  fieldAbsent: {
    culprit: "user",
    what: "{count} of the {files} files of segment “{segment}” have no field “{field}”, such as “{file}”; it is empty there.",
    remedy:
      "Nothing needs to be done if those rows have none; else write the files again with the field.",
  },
  fieldHidden: {
    culprit: "user",
    what: "Field “{field}” of segment “{segment}” is a folder's name and also a column of “{file}”; the folder's value is used, as Spark does.",
    remedy: "Nothing needs to be done if they agree; else give the column another name.",
  },
  fieldRepeated: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” has several fields called “{field}”; the first is used.",
    remedy: "Give the file's fields different names if another of them is meant.",
  },
  valuesDropped: {
    culprit: "user",
    what: "{count} profiles go without {attribute}: field “{field}” {text}.",
    remedy: "Correct these values in the segment, or change the mapping.",
  },
  fieldDropped: {
    culprit: "user",
    what: "No profile at all has {attribute}: field “{field}” {text}, in all {count} profiles where it is filled.",
    remedy:
      "Check that it is the right field, and how the mapping reads it; then start the run again.",
  },
  codeWithoutPlus: {
    culprit: "user",
    what: "Most numbers of field “{field}” that have no plus begin with {code}, so all that do are read as +{code}….",
    remedy:
      "Nothing needs to be done if that is so; else write the field's numbers with a plus and their country's code.",
  },
  noValidEmail: {
    culprit: "user",
    what: "None of the {rows} rows has a valid email address in field “{field}”.",
    remedy: "Check that the mapped field is the one that holds email addresses.",
  },
  overProfileLimit: {
    culprit: "user",
    what: "The export has {members} members, more than the connection's limit of {limit}.",
    remedy:
      "Choose smaller segments, or have an administrator raise the connection's profile limit to the Klaviyo contract's.",
  },
  snapshotUnreadable: {
    culprit: "system",
    what: "The snapshot of whom the export put on the list is lost or damaged, so all members are sent.",
    remedy: "The run makes a new one; nothing needs to be done.",
  },
  othersRemoved: {
    culprit: "user",
    what: "The run was started with reconcile: everybody on the list who is no member of the segments is taken off it, whoever put them there.",
    remedy: "Put back on a list of their own, in Klaviyo, those who are to be mailed all the same.",
  },
} as const;
