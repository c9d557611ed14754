/** Whether what is sent to an address can be read by nobody on the way. */
export function isEncrypted(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === "https:";
}
