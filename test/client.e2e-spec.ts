import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import argon2 from 'argon2';
import { aCpr } from './factories/papers.js';
import { makeAccount, makeUnit } from './factories/staff.js';
import { startProgram, type Program } from './support/program.js';

const run = promisify(execFile);
const PASSWORD = 'Kanariefuglen synger kl. 7';

jest.setTimeout(240_000);

/** Types made from the running program, as a source so that the compiler checks them, too, and what people write against them. */
describe('a client in TypeScript', () => {
  let program: Program;
  let folder: string;

  beforeAll(async () => {
    program = await startProgram({ LOG_LEVEL: 'error' });
    folder = await mkdtemp(join(tmpdir(), 'ankomst-client-'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    for (const file of ['example.ts', 'misuse.ts']) await cp(`client/${file}`, join(folder, file));
    await node('openapi-typescript/bin/cli.js', `${program.address}/api/openapi.json`, '-o', 'ankomst.ts');
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await program?.stop();
  });

  it('is given the types of the running program; if not, run `npm run client`', async () => {
    expect(await readFile('client/ankomst.d.ts', 'utf8')).toBe(
      await readFile(join(folder, 'ankomst.ts'), 'utf8'),
    );
  });

  it('compiles when it is right, and only then', async () => {
    expect(await compile('example.ts', 'misuse.ts')).toEqual([]);

    const misuse = await readFile('client/misuse.ts', 'utf8');
    const expected = misuse.match(/@ts-expect-error/g)!.length;
    await writeFile(join(folder, 'misuse.ts'), misuse.replaceAll('@ts-expect-error', ''));
    const lines = (await compile('misuse.ts')).map((error) => /\((\d+),/.exec(error)?.[1]);
    expect(new Set(lines).size).toBe(expected);
  });

  it('signs in, registers, reads, changes, pages, and meets a problem by its code', async () => {
    const unit = await makeUnit(program.database);
    const { email } = await makeAccount(
      program.database,
      unit.id,
      'job_consultant',
      await argon2.hash(PASSWORD),
    );
    const numbers = [aCpr(), aCpr(), aCpr()];

    const { stdout } = await run(process.execPath, [
      join(folder, 'out/example.js'),
      program.address,
      email,
      PASSWORD,
      ...numbers,
      numbers[0],
    ]);

    const { ids, languages, version, names } = JSON.parse(stdout) as Record<string, string[]>;
    expect({ languages, version }).toEqual({ languages: ['eng'], version: 2 });
    expect(new Set(ids).size).toBe(numbers.length);
    // the number that was taken led to the person who has it
    expect(ids.at(-1)).toBe(ids[0]);
    // two pages of two and one
    expect(names).toEqual(numbers.map(() => 'Selam Tesfay'));
  });

  function node(script: string, ...words: string[]): Promise<{ stdout: string }> {
    return run(process.execPath, [resolve('node_modules', script), ...words], { cwd: folder });
  }

  /** The errors of `tsc --strict`. */
  async function compile(...files: string[]): Promise<string[]> {
    const options =
      '--strict --skipLibCheck --module nodenext --target es2023 --types node --rootDir . --outDir out'.split(
        ' ',
      );
    const { stdout } = await node('typescript/bin/tsc', ...options, ...files).catch(
      (failed: { stdout: string }) => failed,
    );
    return stdout.split('\n').filter((line) => line.includes('error TS'));
  }
});
