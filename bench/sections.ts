/** The head, and every section of the report before, the named one replaced; smallest first. */
export function withSection(head: string, before: string, heading: string, section: string): string {
  const sections = new Map(
    before
      .split(/^## /m)
      .slice(1)
      .map((text) => [text.slice(0, text.indexOf('\n')), `${text.slice(text.indexOf('\n')).trimEnd()}\n`]),
  );
  sections.set(heading, `\n\n${section}\n`);
  const inOrder = [...sections].sort(([a], [b]) => personsIn(a) - personsIn(b));
  return head + inOrder.map(([name, text]) => `\n## ${name}${text}`).join('');
}

const personsIn = (heading: string): number => Number(heading.replaceAll(/\D/g, ''));
