import { WAY_TO_PROFILES } from "./import-job-body";

const PROFILE_POINTER = new RegExp(`^/${WAY_TO_PROFILES.join("/")}/(\\d{1,9})(?:/(.*))?$`, "s");

/** What a JSON pointer of Klaviyo's names within an import job's body. */
export interface NamedProfile {
  /** The profile's position in the body that was sent. */
  readonly position: number;
  /**
   * The way to one of its values, from the profile on: `["attributes", "location", "city"]`. Absent when the
   * profile as such is named, or what identifies it.
   */
  readonly value?: readonly string[];
}

/** Values without which a profile is none: a fault of theirs is the profile's. */
const IDENTIFYING = new Set(["type", "id", "attributes", "attributes/email"]);

/**
 * Reads a pointer; null when it names no profile. Recorded form: `/data/attributes/profiles/data/{i}/attributes/email`;
 * that other attributes are named in the same way follows from the answers of the calls for one profile.
 */
export function readProfilePointer(pointer: string | null): NamedProfile | null {
  const [, index, rest = ""] = (pointer === null ? null : PROFILE_POINTER.exec(pointer)) ?? [];
  if (index === undefined) {
    return null;
  }
  const position = Number(index);
  const way = rest.replace(/\/$/, "");
  return way === "" || IDENTIFYING.has(way)
    ? { position }
    : { position, value: way.split("/").map(unescaped) };
}

/** The position of the profile that a pointer names, whatever of it; null when it names none. */
export function profilePosition(pointer: string | null): number | null {
  return readProfilePointer(pointer)?.position ?? null;
}

/** RFC 6901: a name's slash is written `~1`, its tilde `~0`. */
function unescaped(name: string): string {
  return name.replaceAll("~1", "/").replaceAll("~0", "~");
}
