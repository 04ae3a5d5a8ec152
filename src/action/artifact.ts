import { basename, dirname } from 'node:path';
import type { UploadArtifactResponse } from '@actions/artifact';
import type { Output } from '../archive/output.ts';
import { RelopackError } from '../common/error.ts';
import type { Runner } from './runner.ts';
import { uploadFailure } from './upload-error.ts';

/** How an archive becomes an artifact of the workflow run. */
export interface ArtifactOptions {
  /** The archive's name, without `.tar.gz`, where absent. Only a zip can have another name than the file in it. */
  name?: string;
  /** Whether it is a zip of the archive and its checksum, which every downloader reads, or the archive as it is. */
  zip: boolean;
  /** The repository's own setting where absent. */
  retentionDays?: number;
  /** Whether an artifact that has the name already is deleted first. */
  overwrite: boolean;
}

/** An artifact that can be downloaded. */
export interface Artifact {
  name: string;
  id: number;
  /** The page that downloads it, for those who may read the repository. */
  url: string;
  /** SHA-256 in hex of what is stored: the zip, or the archive itself. */
  digest: string;
}

/** What the artifact service refuses, since a name has to do as a file name on every system. */
const refusedCharacters = /["<>:|*?\r\n\\/]/;

/** The name that an archive at `path` is going to have as an artifact. */
export function artifactName(path: string, { name, zip }: ArtifactOptions): string {
  return name ?? (zip ? basename(path).replace(/\.tar\.gz$/, '') : basename(path));
}

/** Throws RelopackError 'usage' where the service would refuse `name`; `input` is where it came from. */
export function checkArtifactName(name: string, input: string): void {
  const refused = refusedCharacters.exec(name)?.[0];
  if (refused === undefined) return;
  throw new RelopackError(
    'usage',
    `${input} is '${name}': an artifact can't have ${JSON.stringify(refused)} in its name`,
    'Allowed are all characters but " < > : | * ? \\ / and line ends.',
  );
}

/**
 * Uploads an archive. Requests that fail are tried again as the client has it: what the service answers with 429, 500,
 * 502, 503 or 504 five times within a minute, blocks of the blob four times.
 *
 * The client is loaded only here: it weighs three times as much as all the rest.
 *
 * Throws RelopackError 'upload', which names the cause.
 */
export async function uploadArtifact(
  archive: Output,
  options: ArtifactOptions,
  runner: Runner,
): Promise<Artifact> {
  const { DefaultArtifactClient, ArtifactNotFoundError } = await import('@actions/artifact');
  const client = new DefaultArtifactClient();
  const name = artifactName(archive.path, options);
  const files = options.zip ? [archive.path, `${archive.path}.sha256`] : [archive.path];
  try {
    if (options.overwrite) {
      await client.deleteArtifact(name).catch((error: unknown) => {
        if (!(error instanceof ArtifactNotFoundError)) throw error;
      });
    }
    const response = await client.uploadArtifact(name, files, dirname(archive.path), {
      compressionLevel: 0,
      skipArchive: !options.zip,
      ...(options.retentionDays === undefined ? {} : { retentionDays: options.retentionDays }),
    });
    return { name, ...stored(response, runner) };
  } catch (error) {
    throw uploadFailure(error, name);
  }
}

function stored({ id, digest }: UploadArtifactResponse, runner: Runner): Omit<Artifact, 'name'> {
  if (id === undefined || digest === undefined) throw new Error('the artifact service gave it no number');
  const url = `${runner.serverUrl}/${runner.repository}/actions/runs/${runner.runId}/artifacts/${id}`;
  return { id, digest, url };
}
