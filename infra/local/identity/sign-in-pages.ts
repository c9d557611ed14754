import type { Person } from "./people";

/** The issuer's page: whom to sign in as. There are no passwords, because it answers on this machine only. */
export function signInPage(people: readonly Person[], action: string): string {
  const buttons = people.map(
    ({ id, name }) => `<button name="person" value="${escaped(id)}">${escaped(name)}</button>`,
  );
  return page(
    "Sign in on this machine",
    `<p>This issuer runs on your machine. Choose whom to be; there are no passwords.</p>
<form method="post" action="${escaped(action)}">${buttons.join("\n")}</form>`,
  );
}

/** Ends the session without asking: the person has just said so in the console. `form` is the provider's own. */
export function signOutPage(form: string, nonce: string): string {
  return page(
    "Signing out",
    `${form}
<p><button form="op.logoutForm" name="logout" value="yes">Sign out</button></p>
<script nonce="${nonce}">document.querySelector("button").click();</script>`,
  );
}

/** Tells what was wrong with a request to the issuer. */
export function issuerErrorPage(text: string): string {
  return page("The issuer can't do that", `<p>${escaped(text)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 24rem; margin: 4rem auto; padding: 0 1rem; color-scheme: light dark; }
form { display: grid; gap: .75rem; }
button { font: inherit; padding: .6rem 1rem; cursor: pointer; }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
