import type { ExportPlace } from "../../domain/sources/source";
import type { Clock, ObjectFolder } from "../../ports";

/** A source's folder, with what reads it. */
export interface OpenedFolder {
  readonly sourceId: string;
  readonly displayName: string;
  readonly place: ExportPlace;
  readonly folder: ObjectFolder;
  readonly clock: Pick<Clock, "now">;
  /** Host and port of the emulator of Azure's storage, where there is one. */
  readonly localHost?: string | undefined;
}
