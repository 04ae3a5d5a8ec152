import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readmePath } from '../../scripts/readme-tables.ts';

/** A step, as far as the tests look at it. */
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

/** A workflow of the README, with the heading that it stands under. */
export interface Example {
  heading: string;
  source: string;
  workflow: Workflow;
}

export const readme = readFileSync(readmePath, 'utf8');

/** The fenced blocks of a language, each with its heading. */
export function blocks(language: string): { heading: string; source: string }[] {
  const pattern = new RegExp(`^#+ (.*)$|^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm');
  let heading = '';
  return [...readme.matchAll(pattern)].flatMap(([, title, source]) => {
    if (title !== undefined) heading = title;
    return source === undefined ? [] : [{ heading, source }];
  });
}

/** Every example of a workflow; what shows jobs alone gets what it needs to be one. */
export function examples(): Example[] {
  return blocks('yaml').map(({ heading, source }) => {
    const whole = source.startsWith('jobs:') ? `name: ${heading}\non: push\n${source}` : source;
    return { heading, source: whole, workflow: parse(whole) };
  });
}

export function steps(workflow: Workflow): WorkflowStep[] {
  return Object.values(workflow.jobs).flatMap((job) => job.steps ?? []);
}

/** Whether a step uses this action: by its address, or from the checkout. */
export function isRelopack({ uses = '' }: WorkflowStep): boolean {
  return uses === './' || /^relopack\/relopack@/.test(uses);
}
