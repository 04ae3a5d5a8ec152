import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readmePath } from '../../scripts/readme-tables.ts';

/** The parts of a step that the tests read. */
export interface WorkflowStep {
  name?: string;
  id?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

export interface WorkflowJob {
  uses?: string;
  container?: unknown;
  permissions?: unknown;
  outputs?: Record<string, string>;
  with?: Record<string, unknown>;
  steps?: WorkflowStep[];
}

export interface Workflow {
  on?: Record<string, unknown>;
  permissions?: unknown;
  jobs: Record<string, WorkflowJob>;
}

/** A workflow in the README, and the heading above it. */
export interface Example {
  heading: string;
  source: string;
  workflow: Workflow;
}

/** The text of the README. */
export const readme = readFileSync(readmePath, 'utf8');

/** The fenced blocks in a language, each with the heading above it. */
export function blocks(language: string): { heading: string; source: string }[] {
  const pattern = new RegExp(`^#+ (.*)$|^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm');
  let heading = '';
  return [...readme.matchAll(pattern)].flatMap(([, title, source]) => {
    if (title !== undefined) heading = title;
    return source === undefined ? [] : [{ heading, source }];
  });
}

/** Every example of a workflow. An example that shows only a job or jobs is completed to a workflow. */
export function examples(): Example[] {
  return blocks('yaml').map(({ heading, source }) => {
    const whole = completed(heading, source);
    return { heading, source: whole, workflow: parse(whole) };
  });
}

/** The example of a workflow under a heading. */
export function exampleUnder(heading: string): Example {
  const found = examples().find((example) => example.heading === heading);
  if (found === undefined) throw new Error(`The README has no workflow under the heading ${heading}.`);
  return found;
}

function completed(heading: string, source: string): string {
  if (source.startsWith('jobs:')) return `name: ${heading}\non: push\n${source}`;
  if (!source.startsWith('runs-on:')) return source;
  const job = source.trimEnd().replaceAll(/^/gm, '    ');
  return `name: ${heading}\non: push\njobs:\n  job:\n${job}\n`;
}

/** The steps of all jobs of a workflow. */
export function steps(workflow: Workflow): WorkflowStep[] {
  return Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);
}

/** Whether a step uses this action, by its address or from the checkout. */
export function isRelopack({ uses = '' }: WorkflowStep): boolean {
  return uses === './' || /^relopack\/relopack@/.test(uses);
}
