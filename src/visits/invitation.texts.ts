import type { PrintedLanguage } from '../platform/pages/tongue.js';

/** What the letter says around the day and the place; nobody's sex is guessed in a greeting. */
export interface InvitationTexts {
  title: string;
  greeting: (name: string) => string;
  why: string;
  when: string;
  where: string;
  who: string;
  interpreter: string;
  bring: string;
  cannot: string;
  regards: string;
}

const persian: InvitationTexts = {
  title: 'دعوت به گفت‌وگو',
  greeting: (name) => `سلام ${name}،`,
  why: 'می‌خواهیم شما را ببینیم و بشنویم چه کارهایی بلدید و دوست دارید در دانمارک چه کاری انجام دهید.',
  when: 'چه وقت',
  where: 'کجا',
  who: 'با چه کسی',
  interpreter: 'مترجم',
  bring: 'اگر مدارکی دربارهٔ تحصیل، کار یا دوره‌ها دارید، لطفاً همراه بیاورید.',
  cannot: 'اگر نمی‌توانید بیایید، لطفاً به کارکنان مرکز خبر دهید.',
  regards: 'با احترام',
};

export const INVITATION_TEXTS: Record<PrintedLanguage, InvitationTexts> = {
  dan: {
    title: 'Invitation til samtale',
    greeting: (name) => `Kære ${name}`,
    why: 'Vi vil gerne møde dig og høre, hvad du kan, og hvad du gerne vil arbejde med i Danmark.',
    when: 'Hvornår',
    where: 'Hvor',
    who: 'Hvem',
    interpreter: 'Tolk',
    bring: 'Tag gerne papirer om skole, arbejde og kurser med, hvis du har dem.',
    cannot: 'Kan du ikke komme? Sig det til personalet på centret.',
    regards: 'Venlig hilsen',
  },
  eng: {
    title: 'Invitation to a talk',
    greeting: (name) => `Dear ${name}`,
    why: 'We would like to meet you and hear what you can do and what work you would like in Denmark.',
    when: 'When',
    where: 'Where',
    who: 'Who',
    interpreter: 'Interpreter',
    bring: 'Please bring papers about school, work and courses if you have them.',
    cannot: 'If you cannot come, please tell the staff of the centre.',
    regards: 'Kind regards',
  },
  ara: {
    title: 'دعوة إلى لقاء',
    greeting: (name) => `مرحبًا ${name}،`,
    why: 'نودّ أن نلتقي بك لنعرف ما تجيد عمله والعمل الذي ترغب فيه في الدنمارك.',
    when: 'متى',
    where: 'أين',
    who: 'مع من',
    interpreter: 'المترجم',
    bring: 'نرجو إحضار الأوراق المتعلقة بالدراسة والعمل والدورات إن وُجدت.',
    cannot: 'إذا تعذّر الحضور فنرجو إبلاغ موظفي المركز.',
    regards: 'مع أطيب التحيات',
  },
  fas: persian,
  prs: persian,
  tir: {
    title: 'ዕድመ ንዝርርብ',
    greeting: (name) => `ሰላም ${name}፡`,
    why: 'ምሳኹም ክንራኸብ፡ እንታይ ትኽእሉን ኣብ ደንማርክ እንታይ ክትሰርሑ ትደልዩን ክንሰምዕ ንደሊ።',
    when: 'መዓስ',
    where: 'ኣበይ',
    who: 'ምስ መን',
    interpreter: 'ኣስተርጓሚ',
    bring: 'ብዛዕባ ትምህርቲ፡ ስራሕን ኮርሳትን ዝምልከት ሰነዳት እንተሃልዩኩም ሒዝኩም ምጹ።',
    cannot: 'ክትመጹ እንተዘይክኢልኩም፡ ንሰራሕተኛታት እቲ ማእከል ሓብሩ።',
    regards: 'ምስ ሰላምታ',
  },
  ukr: {
    title: 'Запрошення на розмову',
    greeting: (name) => `Вітаємо, ${name}!`,
    why: 'Ми хочемо зустрітися з вами й почути, що ви вмієте та ким хотіли б працювати в Данії.',
    when: 'Коли',
    where: 'Де',
    who: 'З ким',
    interpreter: 'Перекладач',
    bring: 'Візьміть із собою документи про освіту, роботу та курси, якщо вони у вас є.',
    cannot: 'Якщо ви не можете прийти, повідомте працівників центру.',
    regards: 'З повагою',
  },
};
