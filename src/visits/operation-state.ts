import type { AnswerValue } from '../competences/competences.contract.js';
import type { FieldKind } from '../competences/forms.contract.js';
import type { Outcome, ParticipantField, Reason, SubjectType } from './visit-operations.contract.js';

export interface Wrong {
  field: string;
  rule: string;
  values?: Record<string, unknown>;
}

/** An operation as it is decided: new, or one that stood aside and is looked at again. */
export interface Operation {
  id: string;
  /** Account and device: their operations are one line of work. */
  device: string;
  seq: number;
  type: SubjectType;
  subjectId: string;
  field: string;
  baseRevision: number;
  value: unknown;
  packId: string;
  packForm: number;
  /** Form its sender filled in: that of the pack, unless a draft in it had another. */
  formVersion: number;
  /** Of an answer, read by the form: what is kept, or what is wrong. */
  read?: { value?: AnswerValue; errors: Wrong[]; kind?: FieldKind };
  /** It is not what its number or id was used for. */
  misfit?: Reason;
  /** A person chose it: it stands, whatever was written since. */
  taken?: boolean;
}

/** An operation before it is known what its sender filled in. */
export type Given = Omit<Operation, 'formVersion' | 'read'>;

/** What a pack told of a person. */
export interface Told {
  participantId: string;
  refugeeId: string;
  assessmentId: string | null;
  revisions: Record<string, number>;
}

/** A field as it stands; revision 0 is never written. */
export interface Standing {
  value: unknown;
  revision: number;
}

export interface ParticipantState {
  id: string;
  refugeeId: string;
  outcome: Standing;
  assessmentId: Standing;
  mayEnd: boolean;
  mayAssess: boolean;
  openDraft: string | null;
  /** The open draft amends an older talk: a new one can neither begin nor go into it. */
  amendsOlder: boolean;
}

export interface AssessmentState {
  id: string;
  participantId: string;
  formVersion: number;
  signed: boolean;
  fields: Map<string, Standing>;
}

/** What a device calls an assessment: of which participant, and which it is; null, while it is none. */
export interface Alias {
  participantId: string;
  refugeeId: string;
  assessmentId: string | null;
}

/** What one device did to one field. */
export interface Trail {
  /** The highest revision it was told in an answer. */
  told: number;
  /** Revisions it wrote. */
  made: Set<number>;
  /** Its latest operation that is applied, and what that was told. */
  lastSeq: number;
  lastRevision: number;
}

/** Everything operations are decided on; what they change, changes in it, so that the next one sees it. */
export interface Ground {
  currentForm: number;
  participants: Map<string, ParticipantState>;
  told: Map<string, Told[]>;
  assessments: Map<string, AssessmentState>;
  /** By what devices call assessments. */
  aliases: Map<string, Alias>;
  /** Ids that assessments of others have. */
  foreign: Set<string>;
  /** Participants, and what devices call their assessments, of people who were erased. */
  erased: Set<string>;
  trails: Map<string, Trail>;
  /** Answers a new draft of a person starts with, by participant. */
  earlier: Map<string, { answers: Record<string, AnswerValue>; on: string }>;
}

export interface Verdict {
  operation: Operation;
  outcome: Outcome;
  reason?: Reason;
  errors?: Wrong[];
  /** What the device is told; never of a conflict, whose other side it has not seen. */
  revision?: number;
  written?: number;
  target?: string;
  refugeeId?: string;
}

/** What is to be written. */
export interface Effects {
  drafts: { id: string; participantId: string; refugeeId: string }[];
  aliases: Map<string, Alias>;
  participants: Map<string, Set<ParticipantField>>;
  answers: Map<string, Set<string>>;
}

/** Waits for something else to be said: looked at again when it is. */
export const WAITING: readonly Reason[] = [
  'unknown_assessment',
  'assessment_without_meeting',
  'amending_older',
];

export const trailKey = (device: string, target: string, field: string): string =>
  `${device} ${target} ${field}`;
