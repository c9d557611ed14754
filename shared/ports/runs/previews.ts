import type { Preview, PreviewEnding, PreviewResult } from "../../domain/exports/preview";

/** Dry runs; a part of the ports. */

/** Keeps previews for an hour. */
export interface PreviewStore {
  /**
   * Makes a preview unless one of the same export and caller is under way, whose id it then answers with. Making
   * one again under its own id begins it anew.
   */
  create(preview: Preview): Promise<{ readonly underWay?: string }>;
  get(exportId: string, previewId: string): Promise<Preview | undefined>;
  /** Ends a preview once; does nothing when it has ended or is deleted. */
  end(exportId: string, previewId: string, ending: PreviewEnding, at: Date): Promise<void>;
  /** Deletes all previews of an export. */
  deleteAll(exportId: string): Promise<void>;
}

/** A look into what has been prepared. */
export interface PreparedSample extends Pick<PreviewResult, "profiles" | "rejections"> {
  /** The first profiles that would be sent of members that the snapshot names. */
  readonly changed: readonly unknown[];
  /** Members that the snapshot does not name, and that would be sent. */
  readonly fresh: number;
  /** Members that would not be sent, because Klaviyo takes no profile of their size. */
  readonly tooLarge: number;
  /** UTF-8 bytes of all profiles that would be sent. */
  readonly bytes: number;
}
