import { optionRows, readOptions, usage, wholeNumber, yesOrNo } from '../options.ts';
import type { PackOptions } from '../pack.ts';
import type { Glob } from '../plan/files/rules.ts';
import type { ArtifactOptions } from './artifact.ts';

/** What a step of a workflow asks for. */
export interface Inputs {
  pack: PackOptions;
  /** Absent where nothing is to be uploaded. */
  artifact?: ArtifactOptions;
}

/** What the step gave, and where it runs. */
export interface GivenInputs {
  /** The value of an input, trimmed; empty where it was not given and has no default. */
  input(name: string): string;
  /** Where the archive goes if no output is named. */
  directory: string;
  sourceDateEpoch: string | undefined;
}

/** The longest that a repository can be set to keep its artifacts. */
const mostRetentionDays = 400;

/**
 * Reads and checks the inputs. Where the order of globs counts, excludes come before includes: an include is the
 * exception. Throws RelopackError 'usage', which names what is allowed.
 */
export function readInputs({ input, directory, sourceDateEpoch }: GivenInputs): Inputs {
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
  return yesOrNo('upload', input('upload') || 'true') ? { pack, artifact: readArtifact(input) } : { pack };
}

function readArtifact(input: GivenInputs['input']): ArtifactOptions {
  const name = input('artifact-name');
  const zip = yesOrNo('artifact-zip', input('artifact-zip') || 'true');
  const days = input('retention-days');
  if (!zip && name !== '') {
    throw usage(
      `artifact-name is '${name}', but with artifact-zip: false the artifact has the name of the file`,
      'Name the file with output or prefix, or leave artifact-zip at true.',
    );
  }
  return {
    zip,
    overwrite: yesOrNo('overwrite', input('overwrite') || 'false'),
    ...(name === '' ? {} : { name }),
    ...(days === '' ? {} : { retentionDays: wholeNumber('retention-days', days, mostRetentionDays, 1) }),
  };
}

/** Separated by newlines, commas or spaces. */
function words(value: string): string[] {
  return value.split(/[\s,]+/).filter((word) => word !== '');
}

function lines(value: string): string[] {
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
