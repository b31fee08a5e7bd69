// ISCED 2011, International Standard Classification of Education (UNESCO): the nine levels.
// Codes are facts of a public standard; the Danish titles are our own wording. No licence attaches to them.
export const isced2011Levels: readonly [code: string, titleEn: string, titleDa: string][] = [
  ['0', 'Early childhood education', 'Førskole'],
  ['1', 'Primary education', 'Grundskole, 1.-6. klasse'],
  ['2', 'Lower secondary education', 'Grundskole, 7.-10. klasse'],
  ['3', 'Upper secondary education', 'Ungdomsuddannelse (gymnasial eller erhvervsfaglig)'],
  ['4', 'Post-secondary non-tertiary education', 'Uddannelse efter ungdomsuddannelse, ikke videregående'],
  ['5', 'Short-cycle tertiary education', 'Kort videregående uddannelse'],
  ['6', "Bachelor's or equivalent level", 'Bachelor, professionsbachelor eller tilsvarende'],
  ['7', "Master's or equivalent level", 'Kandidat eller tilsvarende'],
  ['8', 'Doctoral or equivalent level', 'Ph.d. eller tilsvarende'],
];
