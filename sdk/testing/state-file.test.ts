import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StateFile } from './state-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-'));
  path = join(folder, 'state');
});
afterEach(() => rm(folder, { recursive: true }));

const numbers = async () => [...(await StateFile.open(path)).table<number>('number').values()];

test('what was flushed is there again, deletions included', async () => {
  const table = (file: StateFile) => file.table<number>('number');
  const file = await StateFile.open(path);
  table(file).set('one', 1);
  table(file).set('two', 2);
  await file.flush();
  table(file).delete('one');
  await Promise.all([file.flush(), file.flush()]);
  expect(await numbers()).toEqual([2]);
});

test('a change that was being written when the process died is dropped whole', async () => {
  const file = await StateFile.open(path);
  file.table<number>('number').set('one', 1);
  await file.flush();
  await appendFile(path, '[["number","two",2],["num');
  expect(await numbers()).toEqual([1]);
});

test('opening shortens the file to what still counts', async () => {
  const file = await StateFile.open(path);
  for (let n = 0; n < 20; n++) {
    file.table<number>('number').set('one', n);
    await file.flush();
  }
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(21);
  expect(await numbers()).toEqual([19]);
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(2);
});

test('a file that is something else is named, not overwritten', async () => {
  await writeFile(path, '[["number","one",1]]\nhello\n');
  await expect(StateFile.open(path)).rejects.toThrow(`${path}, line 2, is not a simulator's state.`);
  expect(await readFile(path, 'utf8')).toContain('hello');
});
