import type { TableProps } from "@cloudscape-design/components/table";
import { useState } from "react";
import * as z from "zod";
import { keep, readKept } from "../../app/preferences";

/** A column that a list can show. The one that names its row is always shown. */
export interface ListColumn<Item> extends Pick<
  TableProps.ColumnDefinition<Item>,
  "cell" | "isRowHeader" | "minWidth"
> {
  readonly id: string;
  readonly header: string;
  /** Whether it is shown only to whom chooses it. */
  readonly isExtra?: boolean;
}

const keptSchema = z.array(z.string()).min(1).optional();

/** Ids of the columns that are shown: those of the address, or else the viewer's, which this browser keeps. */
export function useShownColumns(
  list: string,
  columns: readonly Pick<ListColumn<never>, "id" | "isRowHeader" | "isExtra">[],
  written: string | undefined,
): readonly [readonly string[], (ids: readonly string[]) => void] {
  const name = `${list}:columns`;
  const [own, setOwn] = useState(() => readKept(name, keptSchema, undefined));
  const wanted = written?.split(",") ?? own;
  const shown = columns.flatMap(({ id, isRowHeader, isExtra }) =>
    isRowHeader === true || (wanted === undefined ? isExtra !== true : wanted.includes(id))
      ? [id]
      : [],
  );
  return [
    shown,
    (ids) => {
      keep(name, ids);
      setOwn([...ids]);
    },
  ];
}
