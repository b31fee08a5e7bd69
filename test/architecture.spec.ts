import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const read = (file: string) => readFileSync(file, 'utf8');
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `src/${file}`);
const folders = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The one order of modules, from the file that holds it. */
const order = [
  .../const ORDER = \[(.*?)\]/s.exec(read('.dependency-cruiser.cjs'))![1].matchAll(/'([\w-]+)'/g),
].map(([, name]) => name);

// What imports what is `npm run check:arrows`; this is the rest that a newcomer relies on.
describe('the house', () => {
  test('app.module.ts is the map: every module, in the one order', () => {
    const program = read('src/app.module.ts');
    const folderOf = new Map(
      [...program.matchAll(/import { (\w+) } from '\.\/([\w-]+)\//g)].map(([, name, folder]) => [
        name,
        folder,
      ]),
    );
    const listed = [.../imports: \[(.*?)\]/s.exec(program)![1].matchAll(/\w+/g)].map(([name]) =>
      folderOf.get(name),
    );
    expect([...new Set(listed)]).toEqual(order.filter((name) => folders.includes(name)));
  });

  test('a file of rules or duties begins with the act it follows, or says that there is none', () => {
    const decisions = sources.filter((file) => /\.(rules|duties)\.ts$/.test(file));
    expect(decisions.filter((file) => !/^\/\/ .*(§|[Aa]ct\b|practice)/.test(read(file)))).toEqual([]);
  });

  test('no file is named after nothing', () => {
    const empty = [
      'manager',
      'helper',
      'util',
      'utils',
      'handle',
      'process',
      'data',
      'info',
      'impl',
      'base',
      'index',
    ];
    const words = (file: string) => basename(file).split(/[-.]/);
    expect(sources.filter((file) => words(file).some((word) => empty.includes(word)))).toEqual([]);
  });

  test('what decides and what holds state does not ask the machine for the time', () => {
    const timeless = sources.filter((file) => /\.(rules|policy|duties|entity)\.ts$/.test(file));
    expect(timeless.filter((file) => /new Date\(\)|Date\.now\(|Temporal\.Now/.test(read(file)))).toEqual([]);
  });

  test.each(
    [...readdirSync('.'), ...readdirSync('docs').map((file) => `docs/${file}`), 'client/README.md']
      .concat(readdirSync('docs/adr').map((file) => `docs/adr/${file}`))
      .filter((file) => file.endsWith('.md')),
  )('%s links to what is there', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) =>
      join(dirname(page), link),
    );
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });
});
