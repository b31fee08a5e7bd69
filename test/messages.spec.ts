import { readdirSync, readFileSync } from 'node:fs';
import { getMetadataStorage } from 'class-validator';
import { AppModule } from '../src/app.module.js';
import { declaredProblems } from '../src/platform/http/problem.filter.js';
import { declaredRules } from '../src/platform/http/rule-texts.js';
import { RULE_OF_CONSTRAINT } from '../src/platform/http/validation.js';

const rules = declaredRules().map(({ rule }) => rule);

describe('what a client is told', () => {
  it('is the whole program', () => {
    // Problems, rules and DTOs declare themselves when their modules are read.
    expect(AppModule).toBeDefined();
    expect(declaredProblems().length).toBeGreaterThan(50);
  });

  it('is said in Danish and in English, and not in one of them twice', () => {
    const texts = [
      ...declaredProblems().map(({ code, ...text }) => ({ name: code, ...text })),
      ...named(declaredRules()),
    ];
    const wrong = texts.filter(({ da, en }) => !da.trim() || !en.trim() || da === en);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('has a code of its own for each problem', () => {
    const codes = declaredProblems().map(({ code }) => code);
    expect(codes.filter((code) => !/^[a-z_]+(\.[a-z_]+){1,2}$/.test(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('names only rules that have a text, whether a field has them or a service finds them broken', () => {
    const inSource = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => [...readFileSync(`src/${file}`, 'utf8').matchAll(/field: .*rule: '(\w+)'/g)])
      .map(([, rule]) => rule);
    const told = [...constraints().map((name) => RULE_OF_CONSTRAINT[name] ?? name), ...inSource];
    expect(inSource.length).toBeGreaterThan(8);
    expect([...new Set(told)].filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  it('knows no word of the validator', () => {
    expect(rules.filter((rule) => !/^[a-z]+(_[a-z]+)*$/.test(rule))).toEqual([]);
    expect(Object.values(RULE_OF_CONSTRAINT).filter((rule) => !rules.includes(rule))).toEqual([]);
  });
});

const named = (all: { rule: string; da: string; en: string }[]) =>
  all.map(({ rule, ...text }) => ({ name: rule, ...text }));

/** The name of every check the validator makes of any DTO; the settings are checked for whoever starts the program. */
function constraints(): string[] {
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: Map<{ name: string }, { type: string; name?: string }[]>;
  };
  const ofClients = [...validationMetadatas].filter(([{ name }]) => name !== 'Config');
  const checks = ofClients.flatMap(([, all]) => all).filter(({ type }) => type === 'customValidation');
  expect(checks.length).toBeGreaterThan(100);
  return checks.map(({ name }) => name!);
}
