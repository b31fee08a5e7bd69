import type { PrintedLanguage } from '../platform/pages/tongue.js';
import type { DocumentState, Evidence, Recognition } from './competences.contract.js';

/** How the card says a code. */
interface CardWords {
  evidence: Record<Evidence, string>;
  documents: Record<DocumentState, string>;
  /** The card says what the person has, not what was asked for in vain. */
  recognition: Record<Recognition, string | null>;
}

const persian: CardWords = {
  evidence: {
    claimed: 'گفته‌شده',
    described: 'با جزئیات شرح داده‌شده',
    documented: 'با مدرک',
    observed: 'مشاهده‌شده',
    tested: 'آزموده‌شده',
  },
  documents: { original: 'مدارک اصلی', copy: 'کپی مدارک', lost: 'مدارک گم شده است', none: 'بدون مدرک' },
  recognition: {
    none: null,
    refused: null,
    applied: 'درخواست تأیید داده شده',
    recognised: 'در دانمارک تأیید شده',
  },
};

export const CARD_WORDS: Record<PrintedLanguage, CardWords> = {
  dan: {
    evidence: {
      claimed: 'fortalt',
      described: 'beskrevet nøje',
      documented: 'dokumenteret',
      observed: 'set i arbejde',
      tested: 'prøvet',
    },
    documents: {
      original: 'originale papirer',
      copy: 'kopi af papirer',
      lost: 'papirer tabt',
      none: 'ingen papirer',
    },
    recognition: {
      none: null,
      refused: null,
      applied: 'anerkendelse søgt',
      recognised: 'anerkendt i Danmark',
    },
  },
  eng: {
    evidence: {
      claimed: 'told',
      described: 'described in detail',
      documented: 'documented',
      observed: 'seen at work',
      tested: 'tested',
    },
    documents: {
      original: 'original papers',
      copy: 'copies of papers',
      lost: 'papers lost',
      none: 'no papers',
    },
    recognition: {
      none: null,
      refused: null,
      applied: 'recognition applied for',
      recognised: 'recognised in Denmark',
    },
  },
  ara: {
    evidence: {
      claimed: 'ذُكر شفهيًا',
      described: 'وُصف بالتفصيل',
      documented: 'موثّق',
      observed: 'شوهد أثناء العمل',
      tested: 'تم اختباره',
    },
    documents: {
      original: 'وثائق أصلية',
      copy: 'نسخ من الوثائق',
      lost: 'الوثائق مفقودة',
      none: 'بدون وثائق',
    },
    recognition: {
      none: null,
      refused: null,
      applied: 'تم طلب الاعتراف',
      recognised: 'معترف به في الدنمارك',
    },
  },
  fas: persian,
  prs: persian,
  tir: {
    evidence: {
      claimed: 'ዝተነግረ',
      described: 'ብዝርዝር ዝተገልጸ',
      documented: 'ብሰነድ ዝተደገፈ',
      observed: 'ኣብ ስራሕ ዝተራእየ',
      tested: 'ዝተፈተነ',
    },
    documents: {
      original: 'ኦሪጂናል ሰነዳት',
      copy: 'ቅዳሕ ሰነዳት',
      lost: 'ሰነዳት ጠፊኦም',
      none: 'ሰነድ የለን',
    },
    recognition: { none: null, refused: null, applied: 'ኣፍልጦ ተሓቲቱ', recognised: 'ኣብ ደንማርክ ኣፍልጦ ዘለዎ' },
  },
  ukr: {
    evidence: {
      claimed: 'зі слів',
      described: 'докладно описано',
      documented: 'підтверджено документами',
      observed: 'показано в роботі',
      tested: 'перевірено',
    },
    documents: {
      original: 'оригінали документів',
      copy: 'копії документів',
      lost: 'документи втрачено',
      none: 'без документів',
    },
    recognition: { none: null, refused: null, applied: 'подано на визнання', recognised: 'визнано в Данії' },
  },
};
