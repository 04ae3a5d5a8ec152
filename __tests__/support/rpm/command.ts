import { spawnSync } from 'node:child_process';

/** Runs one of rpm's own tools and returns its stdout; throws with its words where it fails or is not there. */
export function command(file: string, args: string[], env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 26,
  });
  if (error !== undefined) {
    throw new Error(`these tests need ${file} (on Debian: apt-get install -y rpm): ${error.message}`);
  }
  if (status !== 0) throw new Error(`${file} ended with exit code ${status}: ${stderr}`);
  return stdout;
}
