/** A person at Klaviyo's page who lets the app in, or does not. Returns where Klaviyo sends their browser then. */
export async function decideAt(
  authorizationUrl: string,
  { account, decision = "allow" }: { account: string; decision?: "allow" | "deny" },
): Promise<URL> {
  const page = await fetch(authorizationUrl);
  if (page.status !== 200 || !(await page.text()).includes("<form")) {
    throw new Error(`Klaviyo shows no form: ${page.status}`);
  }
  const address = new URL(authorizationUrl);
  const form = new URLSearchParams(address.searchParams);
  form.set("account", account);
  form.set("decision", decision);
  const answer = await fetch(`${address.origin}${address.pathname}`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  return new URL(answer.headers.get("location") ?? "about:blank");
}

/** What Klaviyo sends the browser back with. */
export function answerIn(address: URL): { state: string; code: string } {
  return {
    state: address.searchParams.get("state") ?? "",
    code: address.searchParams.get("code") ?? "",
  };
}
