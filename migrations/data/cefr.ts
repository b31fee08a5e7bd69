// CEFR, Common European Framework of Reference for Languages (Council of Europe): the six levels.
// Codes and level names are facts of a public standard; the Danish titles are our own wording. No licence attaches to them.
export const cefrLevels: readonly [code: string, titleEn: string, titleDa: string][] = [
  ['A1', 'Breakthrough (basic user)', 'Begynder (basisbruger)'],
  ['A2', 'Waystage (basic user)', 'Grundlæggende (basisbruger)'],
  ['B1', 'Threshold (independent user)', 'Mellemniveau (selvstændig bruger)'],
  ['B2', 'Vantage (independent user)', 'Øvre mellemniveau (selvstændig bruger)'],
  ['C1', 'Effective operational proficiency (proficient user)', 'Avanceret (kompetent bruger)'],
  ['C2', 'Mastery (proficient user)', 'Mesterniveau (kompetent bruger)'],
];
