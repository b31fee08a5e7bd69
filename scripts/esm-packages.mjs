import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the installed packages that ship ES modules only, which Jest must compile. */
export function esmPackages(root = 'node_modules', found = new Set()) {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || !(entry.isDirectory() || entry.isSymbolicLink())) continue;
    const names = entry.name.startsWith('@')
      ? readdirSync(join(root, entry.name)).map((name) => `${entry.name}/${name}`)
      : [entry.name];
    for (const name of names) {
      const manifest = join(root, name, 'package.json');
      if (!existsSync(manifest)) continue;
      if (JSON.parse(readFileSync(manifest, 'utf8')).type === 'module') found.add(name);
      const nested = join(root, name, 'node_modules');
      if (existsSync(nested)) esmPackages(nested, found);
    }
  }
  return [...found].sort();
}
