/** Whether what is sent to an address can be read by nobody on the way. */
export function isEncrypted(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === "https:";
}

/** Klaviyo's API, and its tokens; its pages for people are elsewhere. */
const KLAVIYO_API = "https://a.klaviyo.com";
const KLAVIYO_PAGES = "https://www.klaviyo.com";

/** Klaviyo's page on which people let an app in; a simulator has it beside its API. */
export function authorizationPage(apiBaseUrl: string): string {
  const base = apiBaseUrl.replace(/\/+$/, "");
  return `${base === KLAVIYO_API ? KLAVIYO_PAGES : base}/oauth/authorize`;
}
