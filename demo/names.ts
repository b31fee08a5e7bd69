/** What people of one country may be called, and what they may speak. All combinations are invented. */
export interface Naming {
  female: string[];
  male: string[];
  family: string[];
  /** Mother tongues, ISO 639-3; a tongue that stands twice is twice as common. */
  tongues: string[];
  /** Languages that many know besides. */
  besides: string[];
}

const list = (names: string): string[] => names.split(' ');

/** By nationality, ISO 3166-1; XX is stateless, here Palestinians from Syria and Lebanon. */
export const NAMING: Record<string, Naming> = {
  SY: {
    female: list('Rima Hala Nour Lama Samar Rasha Amal Dima Ghada Hanan Maysa Souad Yara Zeina Abeer Lubna'),
    male: list(
      'Omar Khaled Bassel Fadi Hassan Imad Jamal Karim Majd Nabil Rami Samer Tarek Wael Yousef Ziad',
    ),
    family: list(
      'Haddad Khalil Darwish Masri Hamdan Sabbagh Najjar Qasim Issa Barakat Shaheen Halabi Mansour Suleiman',
    ),
    tongues: list('apc apc apc apc kmr'),
    besides: list('arb eng'),
  },
  ER: {
    female: list(
      'Selam Luwam Feven Rahwa Senait Winta Bana Helen Miriam Yordanos Mebrat Saba Letekidan Natsnet',
    ),
    male: list(
      'Filmon Samuel Yonas Mehari Tesfalem Abel Dawit Efrem Henok Isaias Kibrom Merhawi Robel Simon Temesgen',
    ),
    family: list(
      'Tesfay Gebremedhin Kidane Haile Ghebreab Berhane Tekle Woldu Habtemariam Zerai Asmelash Okbay Mebrahtu Yohannes',
    ),
    tongues: list('tir tir tir tir byn'),
    besides: list('amh arb eng'),
  },
  AF: {
    female: list(
      'Parwin Shukria Nargis Zarghuna Laila Freshta Maryam Roya Soraya Zahra Wahida Malalai Hosna',
    ),
    male: list('Ahmad Farid Hamid Jawed Mirwais Najib Qasim Rahim Sayed Wahid Zabi Abdul Ehsan Naweed'),
    family: list(
      'Ahmadzai Noori Rahimi Stanikzai Hakimi Popal Sultani Nazari Wardak Karimi Azizi Mohammadi Safi Hotak',
    ),
    tongues: list('prs prs pus haz'),
    besides: list('pes urd eng'),
  },
  IR: {
    female: list('Shirin Maryam Nasrin Leila Parisa Mahsa Niloufar Azadeh Golnaz Samira Elham Fatemeh Mina'),
    male: list('Reza Amir Behzad Dariush Farhad Hossein Kaveh Mehdi Navid Omid Saeed Siamak Vahid'),
    family: list(
      'Ahmadi Hosseini Karimi Moradi Rezaei Sadeghi Najafi Ghorbani Kazemi Tavakoli Jafari Rostami Bahrami',
    ),
    tongues: list('pes pes pes ckb azb'),
    besides: list('eng tur'),
  },
  SO: {
    female: list('Hodan Ayaan Fadumo Halima Ifrah Khadija Nimco Sahra Ubah Zamzam Amina Deqa Hibaaq'),
    male: list('Abdi Ahmed Bashir Daud Farah Guled Hassan Ismail Jama Liban Mahad Nuur Yusuf'),
    family: list('Warsame Abdullahi Mohamud Farah Hersi Jama Osman Ali Nur Dirie Gedi Isse Adan Elmi'),
    tongues: list('som'),
    besides: list('arb swa eng'),
  },
  IQ: {
    female: list('Zainab Noor Hiba Shatha Rana Suha Israa Sarah Huda Berivan Nazdar Shler Avin'),
    male: list('Ali Haider Hussam Ammar Saif Laith Murtada Hawre Rebwar Sherzad Dara Karwan Firas'),
    family: list(
      'Jabbar Kadhim Salih Hameed Obaid Rashid Aziz Mahmood Abdulla Hussein Karim Shakir Majeed Tahir',
    ),
    tongues: list('acm acm ckb aii'),
    besides: list('arb eng kmr'),
  },
  ET: {
    female: list('Meseret Tigist Almaz Bethlehem Hiwot Aster Genet Kidist Rahel Tsion Ayantu Chaltu Lensa'),
    male: list('Abebe Bekele Dawit Girma Kebede Mulugeta Solomon Tadesse Yared Gemechu Tolera Lemma Dereje'),
    family: list('Alemu Bekele Desta Girma Haile Kassa Lemma Mengistu Negash Tadesse Tolosa Wolde Gudina'),
    tongues: list('amh amh orm orm'),
    besides: list('tir eng'),
  },
  UA: {
    female: list(
      'Olena Oksana Iryna Natalia Tetiana Svitlana Halyna Yulia Kateryna Liudmyla Maryna Nadiia Viktoriia Zoriana',
    ),
    male: list('Andrii Bohdan Dmytro Ihor Maksym Mykola Oleh Petro Roman Serhii Taras Vasyl Yurii'),
    family: list(
      'Vasylenko Kovalenko Bondarenko Tkachenko Kravchenko Oliinyk Lysenko Melnyk Savchenko Marchenko Rudenko Moroz Klymenko Panchuk',
    ),
    tongues: list('ukr ukr ukr rus'),
    besides: list('eng rus pol'),
  },
  SD: {
    female: list('Amna Ihsan Nagwa Sawsan Tahani Hajir Limia Manal Rabab Sittana Widad Azza Salma'),
    male: list('Abdelrahman Adam Bakri Elsadig Hashim Idris Khalid Mubarak Osman Siddig Tariq Yasir Haroun'),
    family: list(
      'Abdalla Elhassan Ibrahim Mohamed Adam Osman Eltayeb Babiker Hamid Khalifa Musa Yagoub Bashir',
    ),
    tongues: list('apd apd fvr'),
    besides: list('arb eng'),
  },
  CD: {
    female: list(
      'Espérance Furaha Neema Solange Béatrice Chantal Divine Jolie Mapendo Nadine Odette Riziki Sifa',
    ),
    male: list(
      'Baraka Bahati Dieudonné Emmanuel Fiston Innocent Janvier Olivier Pascal Patient Prosper Serge Amani',
    ),
    family: list(
      'Mukendi Kabongo Bahati Mwamba Ilunga Kasongo Tshibangu Byamungu Cirimwami Lukusa Mugisho Balume Safari',
    ),
    tongues: list('swa swa lin kin'),
    besides: list('fra'),
  },
  XX: {
    female: list('Nisreen Hanadi Rula Wafa Intisar Ola Randa Sana Tahrir Jihan Bisan Haneen Marah'),
    male: list('Anas Ayham Bilal Ghassan Ibrahim Loay Mahmoud Nidal Osama Raed Shadi Thaer Hisham'),
    family: list('Abbas Awad Dib Ghazal Hijazi Khatib Naser Odeh Qadri Rabah Saleh Taha Zidan Jarrar'),
    tongues: list('apc'),
    besides: list('arb eng'),
  },
};
