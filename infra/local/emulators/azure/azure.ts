import { writeFile } from "node:fs/promises";
import path from "node:path";
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { generate } from "selfsigned";
import { ENTRA_AUDIENCE } from "../../../../shared/domain/sources/federated-app";
import { readableSourcesSchema } from "../../../../shared/domain/sources/readable-sources";
import type { FunctionDefinition } from "../../functions/function-definition";
import { createSigningKey } from "../../identity/signing-key";
import { serveOnLoopbackByTls } from "../../loopback-server";
import { startAzureStorage, type AzureStorage } from "./azure-storage";
import { bearerFront } from "./bearer-front";
import { entraListener } from "./entra";
import { createEntraDirectory, type EntraApp, type EntraDirectory } from "./entra-directory";

/** What there is of Azure here: its storage, and Microsoft Entra, which issues tokens for it. */
export interface Azure extends AzureStorage {
  /** The storage's address for tokens of Microsoft Entra. */
  readonly bearerUrl: string;
  /** Where Microsoft Entra issues them. */
  readonly authority: string;
  /** The certificate of both, in a file: Node trusts it by `NODE_EXTRA_CA_CERTS`. */
  readonly certificateFile: string;
  readonly directory: EntraDirectory;
  /** An app that may read the whole account. */
  readonly app: EntraApp;
}

/** Starts it in this process. What is put there is kept below `directory`. */
export async function startAzure(directory: string): Promise<Azure> {
  const storage = await startAzureStorage(directory);
  const certificateFile = path.join(directory, "certificate.pem");
  const made = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keySize: 2048,
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ],
  });
  await writeFile(certificateFile, made.cert);
  const certificate = { key: made.private, certificate: made.cert };
  const key = await createSigningKey();
  const tenant = createEntraDirectory();
  const [front, entra] = await Promise.all([
    serveOnLoopbackByTls(certificate, bearerFront(storage.url, readingSas(storage), tenant, key)),
    serveOnLoopbackByTls(certificate, entraListener(tenant, key)),
  ]);
  return {
    ...storage,
    bearerUrl: front.url,
    authority: entra.url,
    certificateFile,
    directory: tenant,
    app: tenant.registerApp("all"),
    close: async () => {
      await Promise.all([front.close(), entra.close()]);
      await storage.close();
    },
  };
}

/** What the front itself is let in with. */
function readingSas({ account, accountKey }: AzureStorage): string {
  return generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + 365 * 24 * 60 * 60 * 1_000),
      permissions: AccountSASPermissions.parse("rl"),
      resourceTypes: AccountSASResourceTypes.parse("sco").toString(),
      services: AccountSASServices.parse("b").toString(),
    },
    new StorageSharedKeyCredential(account, accountKey),
  ).toString();
}

/** Has an app trust the roles of functions, as an administrator of Microsoft Entra does. */
export function trustRoles(app: EntraApp, issuer: string, roleArns: readonly string[]): void {
  app.federatedCredentials.push(
    ...roleArns.map((subject) => ({ issuer, subject, audience: ENTRA_AUDIENCE })),
  );
}

/** Functions that read sources, which are told where Azure is and trust its certificate; others are as they were. */
export function withAzure(
  definitions: readonly FunctionDefinition[],
  { url, bearerUrl, authority, certificateFile }: Azure,
): readonly FunctionDefinition[] {
  return definitions.map((definition) => {
    const { SOURCES } = definition.environment;
    if (SOURCES === undefined) {
      return definition;
    }
    const readable = readableSourcesSchema.parse(JSON.parse(SOURCES));
    return {
      ...definition,
      environment: {
        ...definition.environment,
        SOURCES: JSON.stringify({ ...readable, azureEmulator: { url, bearerUrl, authority } }),
        NODE_EXTRA_CA_CERTS: certificateFile,
      },
    };
  });
}

/** Those whose roles an app has to trust so that all of a source works. */
export function readersOfSources(definitions: readonly FunctionDefinition[]): readonly string[] {
  return definitions
    .filter(({ environment: { SOURCES } }) => SOURCES !== undefined)
    .map(({ roleArn }) => roleArn);
}
