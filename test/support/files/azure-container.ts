import {
  BlobServiceClient,
  StorageSharedKeyCredential,
  type ContainerClient,
} from "@azure/storage-blob";
import type { AzureStorage } from "../../../infra/local/emulators/azure/azure-storage";

/** Makes a container of the emulator of Azure's storage, for tests to put exports into. */
export async function azureContainer(
  { url, account, accountKey }: Omit<AzureStorage, "close">,
  name: string,
): Promise<ContainerClient> {
  const credential = new StorageSharedKeyCredential(account, accountKey);
  const service = new BlobServiceClient(`${url}/${account}`, credential);
  const container = service.getContainerClient(name);
  await container.createIfNotExists();
  return container;
}
