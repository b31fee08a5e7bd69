import { Office } from './factories/office.js';
import { csv, DATED, quoted, TODAY } from './factories/operator-sheets.js';
import { startApp, type TestApp } from './support/app.js';

describe('the sheet of an asylum operator’s form', () => {
  let app: TestApp;
  let office: Office;
  let other: Office;
  let id: string;

  beforeAll(async () => {
    app = await startApp();
    await app.moveClock(`${TODAY}T09:00:00Z`);
    [office, other] = [await Office.open(app), await Office.open(app)];
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    ({ id } = await office.person());
  });

  const consultant = () => office.as('job_consultant');
  const path = (query = `datedOn=${DATED}`) => `/refugees/${id}/operator-forms?${query}`;
  const sendCsv = (text: string | Uint8Array, query?: string) =>
    consultant().post(path(query), text, { 'content-type': 'text/csv' });
  const sendJson = (body: object, query?: string) => consultant().post(path(query), body);
  const answersOf = async (assessmentId: string) =>
    (await consultant().get(`/assessments/${assessmentId}`)).body.answers;
  const stored = async () =>
    (await app.database.asOwner<{ id: string }>('select id from operator_forms where refugee_id = $1', [id]))
      .length;
  const drafts = async () => (await consultant().get(`/refugees/${id}/assessments`)).body.items.length;

  it('may come as JSON, in which text is read like a cell', async () => {
    const { body } = await sendJson({
      wishes: 'Vil gerne arbejde ude',
      drives: 'nej',
      weekdays: ['mon'],
      childcare: 'i orden?',
      hours_per_week: null,
      nights: '',
      licences: { unknown: true },
    });
    expect(body.errors).toEqual([expect.objectContaining({ field: 'childcare', rule: 'cell_option' })]);
    const { body: taken } = await sendJson({
      wishes: 'Vil gerne arbejde ude',
      drives: 'nej',
      weekdays: ['mon'],
      childcare: 'på plads',
      hours_per_week: null,
      nights: '',
      licences: { unknown: true },
    });
    expect(taken.filled).toEqual(['licences', 'drives', 'wishes', 'weekdays', 'childcare']);
  });

  it('is read however a Danish spreadsheet writes it', async () => {
    const days = ['2027-03-01', '01.03.2027', '1/3/2027', '01-03-2027', '1.3.2027'];
    for (const [i, day] of days.entries()) {
      ({ id } = await office.person());
      const separator = [';', '\t', '|', ',', ';'][i];
      const said = i === 4 ? '' : `${i % 2 ? 'SEP' : 'sep'}=${separator}\r\n`;
      const sheet = { available_from: day, nights: 'SAND', weekends: 'Falsk', wishes: 'Ude; helst, tidligt' };
      const { status, body } = await sendCsv(`\uFEFF${said}${csv(sheet, separator)}`);
      expect({ status, body }).toMatchObject({ status: 201, body: { questions: [], confirmed: [] } });
      expect(await answersOf(body.assessmentId)).toMatchObject({
        available_from: { value: '2027-03-01' },
        nights: { value: true },
        weekends: { value: false },
        wishes: { value: { danish: 'Ude; helst, tidligt' } },
      });
    }
  });

  describe('is refused, and nothing is kept of it,', () => {
    const kept = async () => [await stored(), await drafts()];
    const NO_UTF8 = { field: 'body', rule: 'encoding', message: expect.stringContaining('UTF-8') };

    const hostile: [what: string, text: string | Uint8Array, error: object][] = [
      ['with two rows', 'nights;weekends\nja;nej\nja;nej\n', { field: 'body', rule: 'csv_one_row' }],
      ['with no row', 'nights;weekends\n', { field: 'body', rule: 'csv_one_row' }],
      ['that is empty', '\n', { field: 'body', rule: 'csv_one_row' }],
      ['with a cell too many', 'nights;weekends\nja;nej;ja\n', { field: 'body', rule: 'csv_columns' }],
      ['with a column twice', 'nights;nights\nja;nej\n', { field: 'nights', rule: 'once' }],
      ['with a column nobody knows', 'nights,age\nja,7\n', { field: 'age', rule: 'unknown' }],
      ['with a column every object has', 'nights,__proto__\nja,7\n', { field: '__proto__', rule: 'unknown' }],
      ['with 1,000 columns', `${'a;'.repeat(999)}a\n${'1;'.repeat(999)}1\n`, { field: 'a', rule: 'once' }],
      [
        'with 10,000 columns',
        `${'a;'.repeat(9_999)}a\n${'1;'.repeat(9_999)}1\n`,
        { field: 'body', rule: 'csv_separators' },
      ],
      [
        'with 200,000 columns',
        `${'a;'.repeat(199_999)}a\n1\n`,
        { field: 'body', rule: 'csv_separators', message: 'har mere end 10000 skilletegn' },
      ],
      [
        'with a quote that never ends',
        'sep=;\r\nnights;wishes\r\nja;"ude\r\nhver\r\ndag\r\n',
        {
          field: 'body',
          rule: 'csv_quote_open',
          message: 'har et anførselstegn i linje 3, der aldrig lukkes',
        },
      ],
      [
        'with a quote inside a cell',
        'nights;wishes\nja;hos "ham"\n',
        {
          field: 'body',
          rule: 'csv_quote_inside',
          message: expect.stringMatching(/^har et anførselstegn midt i en celle \(linje 2\)/),
        },
      ],
      [
        'with words after a quote',
        'sep=;\nnights;wishes\nja;"hos" ham\n',
        { field: 'body', rule: 'csv_quote_inside', message: expect.stringContaining('(linje 3)') },
      ],
      ['with NUL', 'nights;wishes\nja;u\0de\n', { field: 'body', rule: 'characters' }],
      ['that is no UTF-8', Buffer.from('nights;wishes\nja;smør\n', 'latin1'), NO_UTF8],
      ['as spreadsheets save text', Buffer.from('\uFEFFnights\nja\n', 'utf16le'), NO_UTF8],
      ['in UTF-16 that does not say so', Buffer.from('nights\nja\n', 'utf16le'), NO_UTF8],
      ['in UTF-16 the other way round', Buffer.from('nights\nja\n', 'utf16le').swap16(), NO_UTF8],
      ['with a huge cell', `wishes\n${'x'.repeat(900_000)}\n`, { field: 'wishes.danish', rule: 'text' }],
      ['with a formula for a number', 'school_years\n=1+8\n', { field: 'school_years', rule: 'whole' }],
      [
        'with a day that is none',
        'available_from\n31-02-2027\n',
        { field: 'available_from', rule: 'cell_day', message: expect.stringContaining('DD.MM.ÅÅÅÅ') },
      ],
      [
        'with the month first',
        'available_from\n03/31/2027\n',
        { field: 'available_from', rule: 'cell_day', message: expect.stringContaining('dagen før måneden') },
      ],
      [
        'with a choice that is none',
        'weekdays\nmon|lørdagg\n',
        {
          field: 'weekdays',
          rule: 'cell_option',
          message: expect.stringMatching(/^kender ikke »lørdagg«; der kan svares: mandag, tirsdag/),
        },
      ],
      [
        'with half a million choices that are none',
        `weekdays\n${'x|'.repeat(499_000)}\n`,
        { field: 'weekdays', rule: 'cell_option' },
      ],
      [
        'with a perhaps',
        'nights\nmåske\n',
        {
          field: 'nights',
          rule: 'cell_flag',
          message: 'skal være ja eller nej (eller yes/no, sand/falsk, true/false)',
        },
      ],
      ['with a list that is no JSON', 'languages\ntigrinya\n', { field: 'languages', rule: 'json_cell' }],
      [
        'with a list that would poison',
        `work\n${quoted('[{"__proto__": {"years": 1}}]')}\n`,
        { field: 'work', rule: 'json_cell' },
      ],
      [
        'with NUL inside the JSON of a list',
        `work\n${quoted('[{"danish": "a\\u0000", "years": 1}]')}\n`,
        { field: 'work', rule: 'json_cell' },
      ],
      ['with a million brackets', `work\n${'['.repeat(500_000)}\n`, { field: 'work', rule: 'json_cell' }],
      [
        'with a code nobody knows',
        `languages\n${quoted('[{"language": "qqq", "motherTongue": true}]')}\n`,
        { field: 'languages[0].language', rule: 'known' },
      ],
      [
        'with a list of another shape',
        `work\n${quoted('[{"danish": "Kok", "years": "mange"}]')}\n`,
        { field: 'work[0].years', rule: 'whole' },
      ],
    ];
    it.each(hostile)('%s', async (_, text, error) => {
      const { status, body } = await sendCsv(text);
      expect({ status, code: body.code }).toEqual({
        status: 400,
        code: 'request.invalid',
      });
      expect(new Set(body.errors.map((one: object) => JSON.stringify(one))).size).toBe(body.errors.length);
      expect(body.errors).toContainEqual(expect.objectContaining(error));
      // what is said of one column, is said once
      if (typeof text === 'string' && !text.includes(';')) expect(body.errors).toHaveLength(1);
      expect(JSON.stringify(body).length).toBeLessThan(50_000);
      expect(await kept()).toEqual([0, 0]);
    });

    it('as anything but JSON and CSV, which it is told, in its language', async () => {
      for (const type of ['application/xml', 'text/plain', 'application/vnd.ms-excel'])
        for (const [language, says] of [
          ['da', 'Send indholdet som application/json eller text/csv.'],
          ['en', 'Send the body as application/json or text/csv.'],
        ])
          expect(
            await consultant().post(path(), 'nights;ja', {
              'content-type': type,
              'accept-language': language,
            }),
          ).toMatchObject({ status: 415, body: { code: 'request.not_json', title: says } });
      expect(await kept()).toEqual([0, 0]);
    });

    it('when it is larger than a body may be', async () => {
      expect((await sendCsv(`wishes\n${'x'.repeat(1_100_000)}\n`)).status).toBe(413);
      expect(await kept()).toEqual([0, 0]);
    });

    it('with everything that is wrong named at once', async () => {
      const { body } = await sendCsv('nights;age;school_years\nmåske;7;mange\n');
      expect(body.errors.map(({ field }: { field: string }) => field).toSorted()).toEqual([
        'age',
        'nights',
        'school_years',
      ]);
      expect(await kept()).toEqual([0, 0]);
    });

    it('when it answers nothing', async () => {
      for (const reply of [await sendJson({}), await sendCsv('nights;weekends\n;\n')])
        expect(reply).toMatchObject({ status: 422, body: { code: 'operator_forms.answers_nothing' } });
      expect(await kept()).toEqual([0, 0]);
    });

    it('from a day that has not come', async () => {
      expect(await sendJson({ nights: true }, 'datedOn=2027-03-16')).toMatchObject({
        status: 422,
        body: { code: 'operator_forms.dated_in_the_future' },
      });
      expect(await kept()).toEqual([0, 0]);
    });

    it.each(['', 'datedOn=12-03-2027', `datedOn=${DATED}&formVersion=0`, `datedOn=${DATED}&form=1`])(
      'asked for as ?%s',
      async (query) => {
        expect((await sendJson({ nights: true }, query)).status).toBe(400);
        expect(await kept()).toEqual([0, 0]);
      },
    );

    it('by anybody else', async () => {
      const send = (who: Office, role: Parameters<Office['as']>[0]) =>
        who.as(role).post(path(), 'nights\nja\n', { 'content-type': 'text/csv' });
      expect((await send(office, 'coordinator')).status).toBe(403);
      expect((await send(other, 'job_consultant')).status).toBe(404);
      await office.grant(id, other.account('job_consultant').id);
      const granted = await other.as('job_consultant').post(path(), { nights: true }, { purpose: 'cover' });
      expect(granted.status).toBe(403);
      expect(await kept()).toEqual([0, 0]);
    });
  });

  it('is the only body that may be CSV', async () => {
    const reply = await consultant().post(`/refugees/${id}/notes`, 'text\nHello\n', {
      'content-type': 'text/csv',
    });
    expect(reply).toMatchObject({
      status: 415,
      body: { code: 'request.not_json', title: 'Send indholdet som application/json.' },
    });
    const nowhere = await consultant().post('/nowhere', '<a/>', { 'content-type': 'application/xml' });
    expect([404, 415]).toContain(nowhere.status);
  });
});
