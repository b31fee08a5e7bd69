import type { PrintedLanguage } from '../platform/pages/tongue.js';

/** What the card says around the facts. */
export interface CardTexts {
  title: string;
  about: string;
  date: string;
  occupations: string;
  skills: string;
  languages: string;
  schooling: string;
  licences: string;
  availability: string;
  motherTongue: string;
  spoken: string;
  read: string;
  written: string;
  underAYear: string;
  last: (year: string) => string;
  from: (day: string) => string;
  until: (day: string) => string;
  passed: (exam: string) => string;
  aWeek: (hours: string) => string;
  nothing: string;
  shortened: (left: string) => string;
}

const persian: CardTexts = {
  title: 'کارت شایستگی‌ها',
  about: 'این کارت متعلق به شماست و بر پایهٔ آنچه گفته‌اید و نشان داده‌اید تهیه شده است.',
  date: 'تاریخ',
  occupations: 'کار',
  skills: 'مهارت‌ها',
  languages: 'زبان‌ها',
  schooling: 'تحصیلات',
  licences: 'گواهی‌ها و مجوزها',
  availability: 'آمادگی برای کار',
  motherTongue: 'زبان مادری',
  spoken: 'صحبت کردن',
  read: 'خواندن',
  written: 'نوشتن',
  underAYear: 'کمتر از یک سال',
  last: (year) => `آخرین بار در ${year}`,
  from: (day) => `از ${day}`,
  until: (day) => `معتبر تا ${day}`,
  passed: (exam) => `آزمون قبول‌شده: ${exam}`,
  aWeek: (hours) => `${hours} در هفته`,
  nothing: 'هنوز هیچ ارزیابی امضا نشده است.',
  shortened: (left) => `برای جا شدن در یک صفحه کوتاه شده است. موارد حذف‌شده: ${left}.`,
};

/** Short, and in words a person out of school reads; weekdays, numbers, languages and countries come from Unicode CLDR. */
export const CARD_TEXTS: Record<PrintedLanguage, CardTexts> = {
  dan: {
    title: 'Kompetencekort',
    about: 'Kortet er dit. Det bygger på det, du har fortalt og vist.',
    date: 'Dato',
    occupations: 'Arbejde',
    skills: 'Færdigheder',
    languages: 'Sprog',
    schooling: 'Skole og uddannelse',
    licences: 'Beviser',
    availability: 'Kan arbejde',
    motherTongue: 'modersmål',
    spoken: 'tale',
    read: 'læsning',
    written: 'skrivning',
    underAYear: 'under et år',
    last: (year) => `senest ${year}`,
    from: (day) => `fra ${day}`,
    until: (day) => `gælder til ${day}`,
    passed: (exam) => `bestået ${exam}`,
    aWeek: (hours) => `${hours} om ugen`,
    nothing: 'Der er endnu ingen underskrevet kompetenceafklaring.',
    shortened: (left) => `Forkortet, så det kan stå på én side. Udeladt: ${left}.`,
  },
  eng: {
    title: 'Competence card',
    about: 'This card is yours. It is based on what you have told and shown.',
    date: 'Date',
    occupations: 'Work',
    skills: 'Skills',
    languages: 'Languages',
    schooling: 'School and education',
    licences: 'Licences and certificates',
    availability: 'Can work',
    motherTongue: 'mother tongue',
    spoken: 'speaking',
    read: 'reading',
    written: 'writing',
    underAYear: 'less than a year',
    last: (year) => `last in ${year}`,
    from: (day) => `from ${day}`,
    until: (day) => `valid until ${day}`,
    passed: (exam) => `passed ${exam}`,
    aWeek: (hours) => `${hours} a week`,
    nothing: 'No assessment has been signed yet.',
    shortened: (left) => `Shortened to fit on one page. Left out: ${left}.`,
  },
  ara: {
    title: 'بطاقة الكفاءات',
    about: 'هذه البطاقة ملك لك، وهي مبنية على ما تم ذكره وإظهاره.',
    date: 'التاريخ',
    occupations: 'العمل',
    skills: 'المهارات',
    languages: 'اللغات',
    schooling: 'الدراسة والتعليم',
    licences: 'الرخص والشهادات',
    availability: 'الاستعداد للعمل',
    motherTongue: 'اللغة الأم',
    spoken: 'التحدث',
    read: 'القراءة',
    written: 'الكتابة',
    underAYear: 'أقل من سنة',
    last: (year) => `آخر مرة عام ${year}`,
    from: (day) => `ابتداءً من ${day}`,
    until: (day) => `صالحة حتى ${day}`,
    passed: (exam) => `تم اجتياز ${exam}`,
    aWeek: (hours) => `${hours} في الأسبوع`,
    nothing: 'لم يتم توقيع أي تقييم بعد.',
    shortened: (left) => `مختصرة لتتسع في صفحة واحدة. عدد المعلومات المحذوفة: ${left}.`,
  },
  fas: persian,
  prs: persian,
  tir: {
    title: 'ካርድ ብቕዓት',
    about: 'እዚ ካርድ ናትኩም እዩ። ኣብቲ ዝነገርኩምዎን ዘርኣኹምዎን ዝተመስረተ እዩ።',
    date: 'ዕለት',
    occupations: 'ስራሕ',
    skills: 'ክእለታት',
    languages: 'ቋንቋታት',
    schooling: 'ትምህርቲ',
    licences: 'ፍቓዳትን ምስክር ወረቓቕትን',
    availability: 'ንስራሕ ድልውነት',
    motherTongue: 'ቋንቋ ኣደ',
    spoken: 'ምዝራብ',
    read: 'ምንባብ',
    written: 'ምጽሓፍ',
    underAYear: 'ትሕቲ ሓደ ዓመት',
    last: (year) => `ናይ መወዳእታ ግዜ ብ${year}`,
    from: (day) => `ካብ ${day}`,
    until: (day) => `ክሳብ ${day} ዝሰርሕ`,
    passed: (exam) => `ዝሓለፈ ፈተና፦ ${exam}`,
    aWeek: (hours) => `${hours} ኣብ ሰሙን`,
    nothing: 'ክሳብ ሕጂ ዝተፈረመ ገምጋም የለን።',
    shortened: (left) => `ኣብ ሓደ ገጽ ንኽኣቱ ሓጺሩ ኣሎ። ዘይተጠቕሰ፦ ${left}።`,
  },
  ukr: {
    title: 'Картка компетенцій',
    about: 'Ця картка належить вам. Вона ґрунтується на тому, що ви розповіли й показали.',
    date: 'Дата',
    occupations: 'Робота',
    skills: 'Навички',
    languages: 'Мови',
    schooling: 'Освіта',
    licences: 'Посвідчення та сертифікати',
    availability: 'Готовність до роботи',
    motherTongue: 'рідна мова',
    spoken: 'мовлення',
    read: 'читання',
    written: 'письмо',
    underAYear: 'менше року',
    last: (year) => `востаннє ${year}`,
    from: (day) => `з ${day}`,
    until: (day) => `дійсне до ${day}`,
    passed: (exam) => `складено ${exam}`,
    aWeek: (hours) => `${hours} на тиждень`,
    nothing: 'Ще немає підписаної оцінки.',
    shortened: (left) => `Скорочено, щоб умістити на одній сторінці. Не показано: ${left}.`,
  },
};
