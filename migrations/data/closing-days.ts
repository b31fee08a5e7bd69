// Local closing days: not public holidays; they only decide on which day a reminder is delivered (before, never after).
// Calendar facts.
export const closingDays: readonly [month: number, day: number, nameDa: string, nameEn: string][] = [
  [6, 5, 'Grundlovsdag', 'Constitution Day'],
  [12, 24, 'Juleaftensdag', 'Christmas Eve'],
  [12, 31, 'Nytårsaftensdag', "New Year's Eve"],
];
