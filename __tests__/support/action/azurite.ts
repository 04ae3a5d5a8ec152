import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  BlobSASPermissions,
  BlobServiceClient,
  type ContainerClient,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { cached, digest, locked } from '../rpm-host/cache.ts';
import { say } from '../rpm-host/say.ts';
import { must } from '../run.ts';

/** The account that every Azurite has; its key is in Azurite's documentation. */
const account = new StorageSharedKeyCredential(
  'devstoreaccount1',
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
);

/** A blob store of Azure's kind on this machine. */
export interface BlobStore {
  container: ContainerClient;
  /** An address with which anyone can read and write one blob for an hour. */
  signedUrl(blob: string, contentType?: string, fileName?: string): Promise<string>;
  stop(): void;
}

/** Installs Azurite if it is not installed yet, and returns its folder. */
export async function installAzurite(): Promise<string> {
  const recipe = join(import.meta.dirname, 'azurite');
  const files = ['package.json', 'package-lock.json'];
  const texts = await Promise.all(files.map((file) => readFile(join(recipe, file), 'utf8')));
  return locked('azurite', () =>
    cached('azurite', digest(...texts), async (folder) => {
      say('installing a blob store from npm (a minute)');
      for (const file of files) await copyFile(join(recipe, file), join(folder, file));
      await must('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
    }),
  );
}

/** Starts a store that keeps all in memory, on a port of its own. */
export async function startBlobStore(): Promise<BlobStore> {
  const program = join(await installAzurite(), 'node_modules/azurite/dist/src/blob/main.js');
  const options = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent'];
  const child = spawn(process.execPath, [program, ...options, '--blobPort', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const service = new BlobServiceClient(`${await addressOf(child)}/devstoreaccount1`, account);
  const container = service.getContainerClient('artifacts');
  await container.create();
  return {
    container,
    signedUrl: (blob, contentType, fileName) =>
      container.getBlockBlobClient(blob).generateSasUrl({
        permissions: BlobSASPermissions.parse('rcw'),
        expiresOn: new Date(Date.now() + 3_600_000),
        ...(contentType === undefined ? {} : { contentType }),
        ...(fileName === undefined ? {} : { contentDisposition: `attachment; filename="${fileName}"` }),
      }),
    stop: () => child.kill(),
  };
}

async function addressOf(child: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listen\w* (?:at|on) (http:\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      child.stdout.resume();
      return address;
    }
  }
  throw new Error('Azurite ended before it listened.');
}
