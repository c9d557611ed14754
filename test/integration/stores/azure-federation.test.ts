import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { STSClient } from "@aws-sdk/client-sts";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { SignJWT } from "jose";
import { startAzure, trustRoles, type Azure } from "../../../infra/local/emulators/azure/azure";
import type { EntraApp } from "../../../infra/local/emulators/azure/entra-directory";
import { startSts } from "../../../infra/local/emulators/sts";
import { createFront } from "../../../infra/local/front/front";
import { createSigningKey } from "../../../infra/local/identity/signing-key";
import { serveOnLoopback, type LoopbackServer } from "../../../infra/local/loopback-server";
import { createRequestCounter } from "../../../infra/local/request-statistics";
import {
  createIdentityProof,
  type ProveIdentity,
} from "../../../shared/adapters/aws/identity-proof";
import { createBlobFolder } from "../../../shared/adapters/azure/blob-folder";
import { createFederatedSignIn } from "../../../shared/adapters/azure/federated-sign-in";
import { systemClock } from "../../../shared/adapters/system-clock";
import { fixedReasons } from "../../../shared/domain/problems/reasons";
import { ENTRA_AUDIENCE, type FederatedApp } from "../../../shared/domain/sources/federated-app";
import type { ObjectFolder } from "../../../shared/ports";
import { azureContainer } from "../../support/files/azure-container";

const roleArn = "arn:aws:iam::000000000000:role/prepare-run";
const before = getCACertificates("default");

let directory: string;
let azure: Azure;
let sts: LoopbackServer;
let client: STSClient;
let app: EntraApp;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "azure-federation-"));
  azure = await startAzure(directory);
  setDefaultCACertificates([...before, await readFile(azure.certificateFile, "utf8")]);
  const front = createFront();
  sts = await startSts(createRequestCounter(), front);
  const credentials = front.callers.credentialsOf({
    ...{ kind: "function", logicalId: "PrepareRun", functionName: "prepare-run", roleArn },
  });
  client = new STSClient({ endpoint: sts.url, region: "us-east-1", credentials });
  const container = await azureContainer(azure, "exports");
  await container.getBlockBlobClient("insights/model.json").upload("{}", 2);
});
afterAll(async () => {
  setDefaultCACertificates(before);
  client.destroy();
  await sts.close();
  await azure.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  Object.assign(azure.directory, { tokenSeconds: 3_600, aheadSeconds: 0 });
  app = azure.directory.registerApp(["exports"]);
  trustRoles(app, sts.url, [roleArn]);
});

/** The folder as a function with that role is let in. */
function folder(
  changes: Partial<FederatedApp> = {},
  prove: ProveIdentity = createIdentityProof(() => client),
): ObjectFolder {
  const { authority, account, bearerUrl } = azure;
  const { tenantId } = azure.directory;
  const signIn = createFederatedSignIn({ prove, clock: systemClock, authority });
  return createBlobFolder(
    { kind: "azure", account, container: "exports", folder: "insights" },
    { kind: "federated", token: signIn({ tenantId, clientId: app.clientId, ...changes }) },
    bearerUrl,
  );
}

/** A token as AWS's, but for some of its claims, and signed with a key that AWS has not. */
async function forged(seconds: number, key = createSigningKey()): Promise<string> {
  const { algorithm, kid, privateKey } = await key;
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({})
    .setProtectedHeader({ alg: algorithm, kid })
    .setIssuer(sts.url)
    .setSubject(roleArn)
    .setAudience(ENTRA_AUDIENCE)
    .setExpirationTime(now + seconds)
    .sign(privateKey);
}

const refused = async (tried: ObjectFolder): Promise<unknown> =>
  tried.find("model.json").then(
    () => "let in",
    (error: unknown) => error,
  );

describe("an app of Microsoft Entra that trusts a function's role", () => {
  it("lets it read and list, with nothing kept secret", async () => {
    const found = await folder().find("model.json");
    expect(found).toMatchObject({ path: "model.json", bytes: 2 });
    expect((await folder().list("", 10)).objects).toHaveLength(1);
  });

  it("signs in once for many readings, and anew before its token ends", async () => {
    let proofs = 0;
    const counted: ProveIdentity = (audience, seconds) => {
      proofs += 1;
      return createIdentityProof(() => client)(audience, seconds);
    };
    const kept = folder({}, counted);
    await kept.find("model.json");
    await kept.list("", 10);
    expect(proofs).toBe(1);

    azure.directory.tokenSeconds = 60;
    const renewing = folder({}, counted);
    await renewing.find("model.json");
    azure.directory.aheadSeconds = 61;
    expect(await renewing.find("model.json")).toMatchObject({ bytes: 2 });
    expect(proofs).toBeGreaterThan(2);
  });

  it.each<[string, () => ObjectFolder, object]>([
    [
      "a tenant that is not there",
      () => folder({ tenantId: "00000000-0000-0000-0000-000000000000" }),
      { code: "entraAppNotFound" },
    ],
    [
      "an app that is not there",
      () => folder({ clientId: "00000000-0000-0000-0000-000000000000" }),
      { code: "entraAppNotFound" },
    ],
    [
      "an app that trusts nobody",
      () => folder({ clientId: azure.directory.registerApp("all").clientId }),
      {
        code: "entraAppNotFederated",
        params: { subject: roleArn, audience: ENTRA_AUDIENCE },
      },
    ],
    [
      "an app that trusts another function",
      () => {
        const other = azure.directory.registerApp("all");
        trustRoles(other, sts.url, [`${roleArn}-other`]);
        return folder({ clientId: other.clientId });
      },
      { code: "entraAppNotFederated", params: { subject: roleArn } },
    ],
    [
      "an app that trusts tokens for others",
      () => {
        const other = azure.directory.registerApp("all");
        const trusted = { issuer: sts.url, subject: roleArn, audience: "api://others" };
        other.federatedCredentials.push(trusted);
        return folder({ clientId: other.clientId });
      },
      { code: "entraAppNotFederated" },
    ],
    [
      "an app without a role on the container",
      () => {
        const other = azure.directory.registerApp(["others"]);
        trustRoles(other, sts.url, [roleArn]);
        return folder({ clientId: other.clientId });
      },
      {
        code: "sourceForbidden",
        params: { reason: expect.stringContaining("Storage Blob Data Reader") },
      },
    ],
    [
      "a token that AWS has not signed",
      () => folder({}, () => forged(300)),
      { code: "sourceForbidden", params: { reason: "it says AADSTS700027" } },
    ],
    [
      "what is no token",
      () => folder({}, () => Promise.resolve("x.y.z")),
      { code: "sourceForbidden" },
    ],
  ])("does not let in by %s, and says what is wrong", async (_what, tried, problem) => {
    expect(await refused(tried())).toMatchObject({ problem });
  });

  it("is told when its own token ended between two readings and no new one is given", async () => {
    const ended = folder();
    await ended.find("model.json");
    app.federatedCredentials.length = 0;
    azure.directory.aheadSeconds = 3_601;
    expect(await refused(ended)).toMatchObject({ problem: { code: "sourceForbidden" } });
    expect(await refused(folder())).toMatchObject({ problem: { code: "entraAppNotFederated" } });
  });

  it("never tells a token in what it throws", async () => {
    const token = await forged(300);
    const error = await refused(folder({}, () => Promise.resolve(token)));
    expect(JSON.stringify(error) + String(error)).not.toContain(token.slice(-40));
  });

  it("can't be reached while Microsoft Entra can't", async () => {
    const signIn = createFederatedSignIn({
      prove: createIdentityProof(() => client),
      clock: systemClock,
      authority: "https://127.0.0.1:1",
    });
    const { tenantId } = azure.directory;
    const token = signIn({ tenantId, clientId: app.clientId });
    await expect(token.getToken()).rejects.toMatchObject({
      problem: { code: "sourceUnavailable", params: { place: "Microsoft Entra" } },
    });
  });
});

describe("what answers in Microsoft Entra's place", () => {
  it.each<[string, string, (response: ServerResponse) => unknown, string]>([
    [
      "at more length than a token has",
      "is not read to its end",
      (response) => response.writeHead(200).end(`"${"x".repeat(1_000_000)}"`),
      fixedReasons.unexpectedAnswer,
    ],
    [
      "that somebody else is to be asked",
      "is not followed",
      (response) => response.writeHead(307, { location: "/elsewhere" }).end(),
      "it answers 307",
    ],
    [
      "with something else",
      "has no token",
      (response) => response.writeHead(200).end("Welcome"),
      fixedReasons.answerWithoutToken,
    ],
  ])("%s %s", async (_what, _then, answer, reason) => {
    const asked: (string | undefined)[] = [];
    const impostor = await serveOnLoopback((request, response) => {
      asked.push(request.url);
      answer(response);
    });
    const signIn = createFederatedSignIn({
      prove: () => forged(300),
      clock: systemClock,
      authority: impostor.url,
    });
    const token = signIn({ tenantId: "tenant", clientId: app.clientId });
    await expect(token.getToken()).rejects.toMatchObject({
      problem: { code: "sourceUnavailable", params: { place: "Microsoft Entra", reason } },
    });
    expect(asked).toEqual(["/tenant/oauth2/v2.0/token"]);
    await impostor.close();
  });
});

describe("an account of AWS", () => {
  // As the service model of STS names them.
  it.each([
    ["OutboundWebIdentityFederationDisabledException", "azureFederationDisabled"],
    ["AccessDenied", "sourceForbidden"],
  ])("that answers %s issues no tokens, which is told as %s", async (error, code) => {
    const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>No.</Message></Error></ErrorResponse>`;
    const refusing = await serveOnLoopback((_request, response) =>
      response.writeHead(403, { "content-type": "text/xml" }).end(body),
    );
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const asking = new STSClient({ endpoint: refusing.url, region: "us-east-1", credentials });
    await expect(createIdentityProof(() => asking)(ENTRA_AUDIENCE, 300)).rejects.toMatchObject({
      problem: { code },
    });
    asking.destroy();
    await refusing.close();
  });
});
