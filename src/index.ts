import { writeFileSync } from 'node:fs';
import * as core from '@actions/core';
import { RelopackError } from './error.ts';
import type { Log } from './log.ts';
import { type Given, optionRows, readOptions } from './options.ts';
import { type Packed, pack } from './pack.ts';
import type { Glob } from './plan/rules.ts';
import { formatManifest } from './publish/manifest.ts';

/**
 * Reads the inputs. Where the order of globs counts, excludes come before includes: an include is the exception.
 * RUNNER_TEMP is read from the environment, since `runner.temp` is a path of the host in a container job.
 */
function readInputs(): Given {
  const values = new Map<string, string>();
  for (const { name, kind } of optionRows) {
    const value = core.getInput(name);
    if (kind !== 'globs' && value !== '') values.set(name, value);
  }
  const globs = (kind: Glob['kind']) =>
    core.getMultilineInput(kind).map((pattern): Glob => ({ kind, pattern }));
  return {
    modules: core
      .getInput('modules')
      .split(/[\s,]+/)
      .filter((word) => word !== ''),
    values,
    globs: [...globs('exclude'), ...globs('include')],
    directory: process.env.RUNNER_TEMP || '.',
    sourceDateEpoch: process.env.SOURCE_DATE_EPOCH || undefined,
  };
}

function setOutputs(packed: Packed): void {
  const manifestPath = `${packed.path.replace(/\.tar\.gz$/, '')}.manifest.json`;
  writeFileSync(manifestPath, formatManifest(packed.manifest));
  core.setOutput('path', packed.path);
  core.setOutput('sha256', packed.sha256);
  core.setOutput('size', packed.size);
  core.setOutput('unpacked-size', packed.unpackedSize);
  core.setOutput('python-version', packed.manifest.python.release);
  core.setOutput('arch', packed.manifest.arch);
  core.setOutput('packages', packed.manifest.packages);
  core.setOutput('manifest-path', manifestPath);
}

/** A line for each stage, when it is over. */
function actionLog(): Log {
  let stage = '';
  let begun = 0;
  return {
    stage(what) {
      stage = what;
      begun = performance.now();
    },
    done(result) {
      core.info(`${stage}: ${result} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    },
    warn: (message) => core.warning(message),
  };
}

try {
  setOutputs(await pack(readOptions(readInputs()), actionLog()));
} catch (error) {
  if (!(error instanceof RelopackError)) throw error;
  core.setFailed(`${error.message}\n${error.remedy}`);
  core.debug(`${error.stack}\n${error.cause ?? ''}`);
}
