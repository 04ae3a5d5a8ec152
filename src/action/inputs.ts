import { optionRows, readOptions, trueOrFalse, usage, wholeNumber } from '../options.ts';
import type { PackOptions } from '../pack.ts';
import type { Glob } from '../plan/files/rules.ts';
import type { ArtifactOptions } from './artifact.ts';

/** The inputs of a step, read and checked. */
export interface Inputs {
  pack: PackOptions;
  /** Absent if nothing is uploaded. */
  artifact?: ArtifactOptions;
}

/** The inputs of a step as they were given, and where it runs. */
interface RawInputs {
  /** Returns the trimmed value of an input. It is empty if the step has none and action.yml has no default. */
  input(name: string): string;
  /** The directory of the archive if no output is named. */
  directory: string;
  sourceDateEpoch: string | undefined;
}

/** The longest time that a repository can keep its artifacts. */
const maxRetentionDays = 400;

/**
 * Reads and checks the inputs. Excludes come before includes, so that an include is an exception from an exclude: the
 * last matching glob wins. Throws RelopackError 'usage', which names the allowed values.
 */
export function readInputs({ input, directory, sourceDateEpoch }: RawInputs): Inputs {
  const given = optionRows
    .filter(({ kind }) => kind !== 'globs')
    .map(({ name }) => [name, input(name)] as const)
    .filter(([, value]) => value !== '');
  const globs = (kind: Glob['kind']) => lines(input(kind)).map((pattern): Glob => ({ kind, pattern }));
  const pack = readOptions({
    modules: words(input('modules')),
    values: new Map(given),
    globs: [...globs('exclude'), ...globs('include')],
    directory,
    sourceDateEpoch,
  });
  return trueOrFalse('upload', input('upload') || 'true')
    ? { pack, artifact: readArtifact(input) }
    : { pack };
}

function readArtifact(input: RawInputs['input']): ArtifactOptions {
  const name = input('artifact-name');
  const zip = trueOrFalse('artifact-zip', input('artifact-zip') || 'true');
  const days = input('retention-days');
  if (!zip && name !== '') {
    throw usage(
      `artifact-name is '${name}', but with artifact-zip: false the artifact has the name of the file`,
      'Name the file with output or prefix, or set artifact-zip: true.',
    );
  }
  return {
    zip,
    overwrite: trueOrFalse('overwrite', input('overwrite') || 'false'),
    ...(name === '' ? {} : { name }),
    ...(days === '' ? {} : { retentionDays: readRetentionDays(days) }),
  };
}

function readRetentionDays(days: string): number {
  return wholeNumber('retention-days', days, { min: 1, max: maxRetentionDays });
}

/** The words of a text, separated by newlines, commas or spaces. */
function words(value: string): string[] {
  return value.split(/[\s,]+/).filter((word) => word !== '');
}

function lines(value: string): string[] {
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
