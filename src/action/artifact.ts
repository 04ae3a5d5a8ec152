import { basename, dirname } from 'node:path';
import type { UploadArtifactResponse } from '@actions/artifact';
import { checksumPath } from '../archive/checksum.ts';
import type { Output } from '../archive/output.ts';
import { RelopackError } from '../common/error.ts';
import { printable } from '../common/escape.ts';
import type { Runner } from './runner.ts';
import { uploadError } from './upload-error.ts';

/** How an archive becomes an artifact of the workflow run. */
export interface ArtifactOptions {
  /** If absent, the archive's name without `.tar.gz`. Only a zip can have another name than the file in it. */
  name?: string;
  /** If true, the artifact is a zip of the archive and its checksum. If false, it is the archive itself. */
  zip: boolean;
  /** If absent, the repository's setting. */
  retentionDays?: number;
  /** Whether an artifact of the same name is deleted first. */
  overwrite: boolean;
}

/** An artifact that can be downloaded. */
export interface Artifact {
  name: string;
  id: number;
  /** The page that downloads it. It needs read access to the repository. */
  url: string;
  /** SHA-256, in hex, of the stored file: the zip, or the archive itself. */
  digest: string;
}

/** Characters that the artifact service refuses: a name must be a file name on every system. */
const refusedCharacters = /["<>:|*?\r\n\\/]/;

/** Throws RelopackError 'usage' if `name` cannot be printed: the client prints the names that it uploads. */
export function checkPrintable(name: string, source: string): void {
  if (printable(name) === name) return;
  throw new RelopackError(
    'usage',
    `${source} is '${name}', which is unsafe to print in the log of a workflow`,
    'Leave out control characters and ##[, with which commands to the runner begin.',
  );
}

/** The path or name of an archive without `.tar.gz`. */
export function withoutSuffix(path: string): string {
  return path.replace(/\.tar\.gz$/, '');
}

/** The name of the artifact that is made of the archive at `path`. */
export function artifactName(path: string, { name, zip }: ArtifactOptions): string {
  return name ?? (zip ? withoutSuffix(basename(path)) : basename(path));
}

/** Throws RelopackError 'usage' if the service would refuse `name`. `source` says where the name comes from. */
export function checkArtifactName(name: string, source: string): void {
  checkPrintable(name, source);
  const refused = refusedCharacters.exec(name)?.[0];
  if (refused === undefined) return;
  throw new RelopackError(
    'usage',
    `${source} is '${name}': the name of an artifact cannot contain ${JSON.stringify(refused)}`,
    'Allowed are all characters except " < > : | * ? \\ / and line ends.',
  );
}

/**
 * Uploads an archive. The client repeats requests that fail. It sends those to the service up to five times within a
 * minute, if the status is 429, 500, 502, 503 or 504. It sends those to the blob store up to four times.
 *
 * The client is loaded only here, since it is three times as large as everything else.
 *
 * Throws RelopackError 'upload', which names the cause.
 */
export async function uploadArtifact(
  archive: Output,
  options: ArtifactOptions,
  runner: Runner,
): Promise<Artifact> {
  const library = await import('@actions/artifact');
  const client = new library.DefaultArtifactClient();
  const name = artifactName(archive.path, options);
  const files = options.zip ? [archive.path, checksumPath(archive.path)] : [archive.path];
  try {
    if (options.overwrite) {
      await client.deleteArtifact(name).catch((error: unknown) => {
        if (!(error instanceof library.ArtifactNotFoundError)) throw error;
      });
    }
    const response = await client.uploadArtifact(name, files, dirname(archive.path), {
      compressionLevel: 0,
      skipArchive: !options.zip,
      ...(options.retentionDays === undefined ? {} : { retentionDays: options.retentionDays }),
    });
    return { name, ...stored(response, runner) };
  } catch (error) {
    throw uploadError(error, name, library);
  }
}

function stored({ id, digest }: UploadArtifactResponse, runner: Runner): Omit<Artifact, 'name'> {
  if (id === undefined || digest === undefined) throw new Error('the artifact service returned no ID');
  const url = `${runner.serverUrl}/${runner.repository}/actions/runs/${runner.runId}/artifacts/${id}`;
  return { id, digest, url };
}
