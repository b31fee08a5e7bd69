import type { AssessmentState, Ground, Operation, ParticipantState, Trail } from './operation-state.js';
import { trailKey } from './operation-state.js';
import { attachmentsIn, decided } from './visit-operations.rules.js';

const [SELAM, DRAFT, NEW] = ['1', '2', '3'].map((n) => `${n.repeat(8)}-0000-4000-8000-000000000000`);

const participant = (over: Partial<ParticipantState> = {}): ParticipantState => ({
  id: SELAM,
  refugeeId: 'refugee',
  outcome: { value: null, revision: 0 },
  assessmentId: { value: null, revision: 0 },
  mayEnd: true,
  mayAssess: true,
  openDraft: null,
  amendsOlder: false,
  ...over,
});
const draft = (over: Partial<AssessmentState> = {}): AssessmentState => ({
  id: DRAFT,
  participantId: SELAM,
  formVersion: 1,
  signed: false,
  fields: new Map(),
  ...over,
});
const ground = (over: Partial<Ground> = {}): Ground => ({
  currentForm: 1,
  participants: new Map([[SELAM, participant()]]),
  told: new Map(),
  assessments: new Map([[DRAFT, draft()]]),
  aliases: new Map(),
  foreign: new Set(),
  erased: new Set(),
  trails: new Map(),
  earlier: new Map(),
  ...over,
});
let ids = 0;
const operation = (over: Partial<Operation> = {}): Operation => ({
  id: `operation ${++ids}`,
  device: 'account tablet',
  seq: 1,
  type: 'assessment',
  subjectId: DRAFT,
  field: 'school_years',
  baseRevision: 0,
  value: 9,
  packId: 'pack',
  packForm: 1,
  formVersion: 1,
  read: { value: (over.value ?? 9) as number, errors: [] },
  ...over,
});
const says = (field: string, value: unknown, over: Partial<Operation> = {}): Operation =>
  operation({ type: 'participant', subjectId: SELAM, field, value, read: undefined, ...over });
const of = (on: Ground, ...operations: Operation[]): string[] =>
  decided(on, operations).verdicts.map(({ outcome, reason, revision }) =>
    [outcome, reason, revision].filter((part) => part !== undefined).join(' '),
  );
const standing = (value: unknown, revision: number) =>
  new Map([[DRAFT, draft({ fields: new Map([['school_years', { value, revision }]]) })]]);
const trail = (over: Partial<Trail>, device = 'account tablet') =>
  new Map([
    [
      trailKey(device, DRAFT, 'school_years'),
      { told: 0, made: new Set<number>(), lastSeq: 0, lastRevision: 0, ...over },
    ],
  ]);
const told = (revision: number) =>
  new Map([
    [
      'pack',
      [
        {
          participantId: SELAM,
          refugeeId: 'refugee',
          assessmentId: DRAFT,
          revisions: { school_years: revision },
        },
      ],
    ],
  ]);

describe('an operation on a field', () => {
  it.each<[string, string, Partial<Ground>, Partial<Operation>]>([
    ['that nobody wrote is applied', 'applied 1', {}, {}],
    [
      'that stands as the pack told is applied',
      'applied 3',
      { assessments: standing(7, 2), told: told(2) },
      { baseRevision: 2 },
    ],
    [
      'that somebody wrote since the pack is a conflict',
      'conflict',
      { assessments: standing(7, 3), told: told(2) },
      { baseRevision: 2 },
    ],
    [
      'goes on from no more than it was told, whatever it claims',
      'conflict',
      { assessments: standing(7, 3), told: told(2) },
      { baseRevision: 3 },
    ],
    [
      'goes on from no more than it says, whatever it was told',
      'conflict',
      { assessments: standing(7, 3), told: told(3) },
      { baseRevision: 2 },
    ],
    [
      'that only its own device wrote since is applied',
      'applied 3',
      {
        assessments: standing(7, 2),
        trails: trail({ told: 2, made: new Set([1, 2]), lastSeq: 2, lastRevision: 2 }),
      },
      { seq: 3 },
    ],
    [
      'that another wrote between its own is a conflict',
      'conflict',
      {
        assessments: standing(7, 3),
        trails: trail({ told: 3, made: new Set([1, 3]), lastSeq: 2, lastRevision: 3 }),
      },
      { seq: 3 },
    ],
    [
      'that says what stands is applied, and writes nothing',
      'applied 5',
      { assessments: standing(9, 5) },
      {},
    ],
    [
      'before a later one of its device was overtaken',
      'applied 2',
      {
        assessments: standing(7, 4),
        trails: trail({ told: 2, made: new Set([2]), lastSeq: 5, lastRevision: 2 }),
      },
      { seq: 3 },
    ],
    [
      'that takes back what nobody wrote changes nothing',
      'applied 0',
      {},
      { value: null, read: { value: null, errors: [] } },
    ],
    [
      'that a person chose stands, whatever was written',
      'applied 4',
      { assessments: standing(7, 3) },
      { taken: true },
    ],
    ['of a form that was replaced stands aside', 'quarantined form_replaced', { currentForm: 2 }, {}],
    [
      'of another form than the draft’s stands aside',
      'quarantined form_replaced',
      { assessments: new Map([[DRAFT, draft({ formVersion: 2 })]]) },
      {},
    ],
    [
      'of what is signed stands aside',
      'quarantined signed',
      { assessments: new Map([[DRAFT, draft({ signed: true })]]) },
      {},
    ],
    [
      'that the form does not have stands aside',
      'quarantined no_such_field',
      {},
      { read: { errors: [{ field: 'school_years', rule: 'unknown' }] } },
    ],
    [
      'with a value that cannot be stands aside',
      'quarantined invalid_value',
      {},
      { read: { errors: [{ field: 'school_years', rule: 'whole' }] } },
    ],
    ['of an assessment nobody knows waits', 'quarantined unknown_assessment', {}, { subjectId: NEW }],
    [
      'of whoever may not assess stands aside',
      'quarantined access_revoked',
      { participants: new Map([[SELAM, participant({ mayAssess: false })]]) },
      {},
    ],
    ['of somebody who was erased is not kept', 'quarantined erased', { erased: new Set([DRAFT]) }, {}],
    ['under the number of another stands aside', 'quarantined seq_taken', {}, { misfit: 'seq_taken' }],
  ])('%s', (_, verdict, over, one) => {
    expect(of(ground(over), operation(one))).toEqual([verdict]);
  });

  it('goes on from the one before it in the same request', () => {
    const [first, second] = [operation({ value: 7 }), operation({ seq: 2, value: 8 })];
    expect(of(ground(), second, first)).toEqual(['applied 2', 'applied 1']);
  });
});

describe('an operation on a participant', () => {
  const met = new Map([[SELAM, participant({ outcome: { value: 'met', revision: 1 } })]]);
  const absent = new Map([[SELAM, participant({ outcome: { value: 'absent', revision: 1 } })]]);

  it.each<[string, string, Partial<Ground>, Operation]>([
    ['says how it ended', 'applied 1', {}, says('outcome', 'met')],
    ['cannot unsay how it ended', 'quarantined invalid_value', { participants: met }, says('outcome', null)],
    ['crosses what somebody else said', 'conflict', { participants: met }, says('outcome', 'absent')],
    ['has no other fields', 'quarantined no_such_field', {}, says('mood', 'good')],
    [
      'of somebody who is not on the visit stands aside',
      'quarantined no_such_participant',
      {},
      says('outcome', 'met', { subjectId: NEW }),
    ],
    [
      'waits with an assessment until somebody was met',
      'quarantined assessment_without_meeting',
      { participants: absent },
      says('assessmentId', NEW),
    ],
    [
      'cannot take the assessment of another',
      'quarantined invalid_value',
      { foreign: new Set([NEW]) },
      says('assessmentId', NEW),
    ],
    [
      'begins no draft where the account may not',
      'quarantined access_revoked',
      { participants: new Map([[SELAM, participant({ mayAssess: false })]]) },
      says('assessmentId', NEW),
    ],
  ])('%s', (_, verdict, over, one) => {
    expect(of(ground(over), one)).toEqual([verdict]);
  });

  it('begins a draft under the device’s id, with what was told earlier, and the answers follow', () => {
    const on = ground({ earlier: new Map([[SELAM, { answers: { school_years: 7 }, on: '2026-01-01' }]]) });
    const answer = operation({ subjectId: NEW, seq: 1 });
    const { verdicts, effects } = decided(on, [answer, says('assessmentId', NEW, { seq: 2 })]);
    expect(verdicts).toMatchObject([
      { outcome: 'applied', revision: 1, target: NEW },
      { outcome: 'applied', revision: 1 },
    ]);
    expect(effects.drafts).toMatchObject([{ id: NEW }]);
    expect(effects.aliases.get(NEW)).toMatchObject({ assessmentId: NEW });
  });

  it('names the draft that is open, and its answers are to that', () => {
    const on = ground({ participants: new Map([[SELAM, participant({ openDraft: DRAFT })]]) });
    const { verdicts, effects } = decided(on, [
      says('assessmentId', NEW),
      operation({ subjectId: NEW, seq: 2 }),
    ]);
    expect(verdicts).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied', target: DRAFT }]);
    expect(effects.drafts).toEqual([]);
    expect(effects.aliases.get(NEW)).toMatchObject({ assessmentId: DRAFT });
  });

  it('that waits is taken in once a later one makes room', () => {
    const on = ground({ participants: absent, trails: new Map() });
    const [link, ended] = [
      says('assessmentId', NEW, { seq: 1 }),
      says('outcome', 'met', { seq: 2, baseRevision: 1 }),
    ];
    on.told.set('pack', [
      { participantId: SELAM, refugeeId: 'refugee', assessmentId: null, revisions: { outcome: 1 } },
    ]);
    const { verdicts, effects } = decided(on, [link, ended]);
    expect(verdicts).toMatchObject([
      { outcome: 'applied', revision: 1 },
      { outcome: 'applied', revision: 2 },
    ]);
    expect([...effects.aliases]).toMatchObject([[NEW, { assessmentId: NEW }]]);
  });

  it('waits while an older talk is amended, and what it names is the person’s all the same', () => {
    const amending = participant({ openDraft: DRAFT, amendsOlder: true });
    const on = ground({ participants: new Map([[SELAM, amending]]) });
    const { verdicts, effects } = decided(on, [
      says('assessmentId', NEW),
      operation({ subjectId: NEW, seq: 2 }),
      operation({ subjectId: DRAFT, seq: 3 }),
    ]);
    expect(verdicts).toMatchObject([
      { reason: 'amending_older' },
      { reason: 'unknown_assessment', refugeeId: 'refugee' },
      { outcome: 'applied', target: DRAFT },
    ]);
    expect(effects.drafts).toEqual([]);
    amending.amendsOlder = false;
    amending.openDraft = null;
    expect(of(on, says('assessmentId', NEW), operation({ subjectId: NEW, seq: 2 }))).toEqual([
      'applied 1',
      'applied 1',
    ]);
  });

  it('of whoever may not be seen is remembered as theirs, and of the one who said it first', () => {
    const on = ground({ participants: new Map([[SELAM, participant({ mayEnd: false })]]) });
    expect(
      decided(on, [says('assessmentId', NEW), operation({ subjectId: NEW, seq: 2 })]).verdicts,
    ).toMatchObject([
      { reason: 'access_revoked', refugeeId: 'refugee' },
      { reason: 'unknown_assessment', refugeeId: 'refugee' },
    ]);
    on.participants.set(DRAFT, participant({ id: DRAFT, refugeeId: 'another' }));
    expect(of(on, says('assessmentId', NEW, { subjectId: DRAFT }))).toEqual(['quarantined invalid_value']);
  });
});

it('finds attachments wherever they stand', () => {
  const sha = 'ab'.repeat(32);
  expect(
    attachmentsIn([{ attachments: [sha, sha, sha.toUpperCase()] }, { of: { it: '0'.repeat(64) } }]),
  ).toEqual([sha, '0'.repeat(64)]);
});
