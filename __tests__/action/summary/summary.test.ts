import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from '@mermaid-js/parser';
import { summary } from '../../../src/action/summary/summary.ts';
import type { ManifestPackage } from '../../../src/manifest/manifest.ts';
import type { Packed } from '../../../src/pack.ts';

const artifact = { name: 'py', id: 1, url: 'https://github.com/o/n/actions/runs/1/artifacts/1', digest: '0' };

function pkg(name: string, size: number, more: Partial<ManifestPackage> = {}): ManifestPackage {
  const told = { license: 'MIT', source: '', url: '', vendor: '', reason: 'requested' };
  return { nevra: `${name}-1-1.x86_64`, name, size, ...told, ...more };
}

function packed(packages: ManifestPackage[], more: Partial<Packed> = {}): Packed {
  return {
    path: '/t/py.tar.gz',
    size: 12_345_678,
    sha256: 'ab'.repeat(32),
    prefix: 'py',
    unpackedSize: 45_678_901,
    checks: [{ name: 'imports', detail: '2 modules import' }],
    manifest: {
      relopack: '0.1.0',
      python: { version: '3.13', release: '3.13.5', executable: 'bin/python3' },
      arch: 'x86_64',
      builtOn: 'Fedora Linux 43',
      needs: { kernel: '3.2.0', isaLevel: 2 },
      modules: [],
      packages,
      leftOut: [],
      files: [],
    },
    ...more,
  };
}

function chartOf(text: string): string[] {
  return (/```mermaid\n([\s\S]*?)\n```/.exec(text)?.[1] ?? '').split('\n');
}

describe('the summary', () => {
  test('shows what was packed, what it needs, that it was checked and where it is', () => {
    const text = summary(packed([pkg('python3', 1)]), 'py.tar.gz', artifact);
    for (const line of [
      '## `py.tar.gz`',
      '| Python | `3.13.5 of Fedora Linux 43, x86_64` |',
      '| Runs on | any distribution, Linux 3.2.0 or later, x86-64-v2 or better |',
      '| Size | 12.3 MB, unpacked 45.7 MB |',
      `| SHA-256 | <code>${'ab'.repeat(32)}</code> |`,
      '| ✓ imports | `2 modules import` |',
      `| Download | [\`py\`](${artifact.url}) |`,
    ]) {
      assert.ok(text.split('\n').includes(line), `${line} is not in\n${text}`);
    }
  });

  test('says that nothing was checked, and shows no download if nothing was uploaded', () => {
    const text = summary(packed([], { checks: [] }), 'py.tar.gz', undefined);
    assert.match(text, /^\| Checks \| none \(verify: false\) \|$/m);
    assert.doesNotMatch(text, /Download/);
  });

  test('draws the ten largest shares, sets no color of its own, and adds up', () => {
    const sizes = Array.from({ length: 30 }, (_, index) => (index + 1) * 1e6);
    const [kind, title, ...slices] = chartOf(
      summary(packed(sizes.map((size) => pkg(`p${size / 1e6}`, size))), 'py.tar.gz', undefined),
    );
    assert.deepEqual([kind, title], ['pie showData', '    title Megabytes, unpacked']);
    assert.equal(slices.length, 10);
    assert.equal(slices[0], '    "p30" : 30.00');
    assert.match(slices[9] ?? '', /^ {4}"21 more" : /);
    const total = slices.reduce((sum, slice) => sum + Number(slice.split(' : ')[1]), 0);
    assert.equal(total, 465);
  });

  test('is drawn by the grammar of Mermaid itself, whatever the packages are called', async () => {
    const names = ['libstdc++', 'python3-libs', '"quoted"', 'a:b;c', '%%{init}%%', 'ü', '```'];
    const text = summary(packed(names.map((name) => pkg(name, 1e6))), 'py.tar.gz', undefined);
    const { sections, showData } = await parse('pie', chartOf(text).join('\n'));
    assert.equal(showData, true);
    assert.equal(sections.length, names.length);
    assert.deepEqual(
      sections.slice(0, 2).map(({ label, value }) => [label, value]),
      [
        ['libstdc++', 1],
        ['python3-libs', 1],
      ],
    );
  });

  test('draws nothing if all packages are empty', () => {
    assert.deepEqual(chartOf(summary(packed([pkg('meta', 0)]), 'py.tar.gz', undefined)), ['']);
  });

  test('keeps a package with a hostile name from being Markdown, HTML, a mention, a link or code', () => {
    const name = '"</details>|`**_[x](https://evil)_**<img src=x>@all #1 www.evil.org\n```\n\\';
    const text = summary(packed([pkg(name, 5e6, { license: name, reason: name })]), name, undefined);
    const row = text.split('\n').find((line) => line.startsWith('| ') && line.includes('5.00 MB')) ?? '';
    assert.equal(row.split(/(?<!\\)\|/).length, 6);
    // All of it is in code: its own longest ticks are three, so four begin and end each span.
    const spans = text.replace(/```mermaid\n[^`]*```\n/, '').split('````');
    assert.equal(spans.length, 2 * 4 + 1);
    for (const outside of spans.filter((_, index) => index % 2 === 0))
      assert.doesNotMatch(outside, /evil|@all|#1|img/);
    assert.equal(text.replace(/````[^\n]*?````/g, '').split('</details>').length, 2);
    assert.match(chartOf(text).at(-1) ?? '', /^ {4}"[^"`<>#]+" : 5\.00$/);
  });

  for (const { name, count, length } of [
    { name: 'of fifty thousand packages', count: 50_000, length: 20 },
    { name: 'of names as long as there can be', count: 2_000, length: 4_000 },
    { name: 'of two tables that are both too long', count: 30_000, length: 60 },
  ]) {
    test(`stays under 1 MiB with a list ${name}, and says what it leaves out`, () => {
      const packages = Array.from({ length: count }, (_, index) =>
        pkg(`${'ü'.repeat(length)}${index}`, index),
      );
      const made = packed(packages);
      made.manifest.leftOut = packages.map(({ nevra }) => ({ package: nevra, chain: ['a', 'b'] }));
      const text = summary(made, 'py.tar.gz', artifact);
      const bytes = Buffer.byteLength(text);
      assert.ok(bytes < 1024 * 1024 && bytes > 800_000, `${bytes} bytes`);
      const shown = text
        .split('\n')
        .filter((line) => line.startsWith('| `ü') && line.endsWith('requested` |')).length;
      assert.match(
        text,
        new RegExp(`^and ${count - shown} more; manifest\\.json in the archive lists all\\.$`, 'm'),
      );
      assert.equal(text.split('</details>').length, 3);
    });
  }
});
