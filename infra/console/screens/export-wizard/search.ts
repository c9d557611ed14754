import * as z from "zod";

const idSchema = z.string().min(1).max(100).optional().catch(undefined);

/** The connection that was made for the export meanwhile: a part of the wizard's address. */
export const editExportSearchSchema = z.object({ connection: idSchema });

/** The same, and which export a new one is to be like. */
export const newExportSearchSchema = z.object({ from: idSchema, connection: idSchema });

/** The wizard's address as it is, but for a connection that was made for it. */
export function addressWithoutConnection(): string {
  const { pathname, searchParams } = new URL(window.location.href);
  searchParams.delete("connection");
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams.toString()}`;
}
