import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import type { Job } from './job.ts';
import type { Results } from './results.ts';

/** Downloads an artifact of a job the way that actions/download-artifact does it, and returns the directory. */
export async function download(results: Results, from: Job, name: string): Promise<string> {
  Object.assign(process.env, {
    ACTIONS_RESULTS_URL: results.url,
    ACTIONS_RUNTIME_TOKEN: from.token,
    GITHUB_SERVER_URL: 'https://github.com',
  });
  const client = new DefaultArtifactClient();
  const { artifact } = await client.getArtifact(name);
  const path = join(from.work, 'downloaded', name);
  mkdirSync(path, { recursive: true });
  const { digestMismatch } = await client.downloadArtifact(artifact.id, {
    path,
    ...(artifact.digest === undefined ? {} : { expectedHash: artifact.digest }),
  });
  assert.equal(digestMismatch, false);
  return path;
}
