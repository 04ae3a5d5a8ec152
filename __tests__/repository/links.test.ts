import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';

const checkout = join(import.meta.dirname, '../..');

/** The text of a document, without its blocks of code. */
function prose(path: string): string {
  return readFileSync(join(checkout, path), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
}

/** The anchors that GitHub gives to the headings of a document. */
function anchors(path: string): string[] {
  return [...prose(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the documents', () => {
  for (const path of globSync(['*.md', 'docs/*.md'], { cwd: checkout }).sort()) {
    test(`${path} links only to files and headings that exist`, () => {
      for (const [, target = ''] of prose(path).matchAll(/\]\((?!\w+:)([^)\s]+)\)/g)) {
        const [file = '', anchor] = target.split('#');
        const linked = file === '' ? path : join(dirname(path), file);
        assert.ok(existsSync(join(checkout, linked)), target);
        if (anchor !== undefined) assert.ok(anchors(linked).includes(anchor), target);
      }
    });
  }

  test('of the README lists every section in its contents', () => {
    const [, contents = ''] = prose('README.md').split('\n## Contents\n');
    const [list = ''] = contents.split('\n## ');
    const sections = [...prose('README.md').matchAll(/^## (.*)$/gm)].map(([, title = '']) => title);
    for (const title of sections.filter((title) => title !== 'Contents'))
      assert.ok(list.toLowerCase().includes(`[${title.toLowerCase()}](#`), title);
  });

  test('of the README link the license, the changelog and the security policy', () => {
    for (const file of ['LICENSE', 'CHANGELOG.md', 'SECURITY.md'])
      assert.ok(prose('README.md').includes(`(${file})`), file);
  });
});
