import { MoveTheClock1795000000001 } from './1795000000001-move-the-clock.js';
import { KeepTimelineAndReadLog1795000000002 } from './1795000000002-keep-timeline-and-read-log.js';
import { LetStaffSignIn1795000000003 } from './1795000000003-let-staff-sign-in.js';
import { HoldLawAsRows1795000000004 } from './1795000000004-hold-law-as-rows.js';
import { ListTheClassifications1795000000005 } from './1795000000005-list-the-classifications.js';
import { KeepRefugeesAndTheirCases1795000000006 } from './1795000000006-keep-refugees-and-their-cases.js';
import { PlanFollowUps1795000000007 } from './1795000000007-plan-follow-ups.js';
import { SignContracts1795000000008 } from './1795000000008-sign-contracts.js';
import { AssessCompetences1795000000009 } from './1795000000009-assess-competences.js';
import { VisitAsylumCentres1795000000010 } from './1795000000010-visit-asylum-centres.js';
import { GuardSignIn1795000000011 } from './1795000000011-guard-sign-in.js';
import { RememberWhatWasDone1795000000012 } from './1795000000012-remember-what-was-done.js';
import { SearchClassifications1795000000013 } from './1795000000013-search-classifications.js';
import { CountRequestsAndReaders1795000000014 } from './1795000000014-count-requests-and-readers.js';
import { AskTheClockOnce1795000000017 } from './1795000000017-ask-the-clock-once.js';
import { ForgetOldSignIns1795000000018 } from './1795000000018-forget-old-sign-ins.js';
import { KeepEveryTurnOfAFollowUp1795000000019 } from './1795000000019-keep-every-turn-of-a-follow-up.js';
import { ReviseContracts1795000000020 } from './1795000000020-revise-contracts.js';
import { FollowTheProgramme1795000000021 } from './1795000000021-follow-the-programme.js';
import { KeepCaseNotes1795000000022 } from './1795000000022-keep-case-notes.js';
import { LetDeputiesStandIn1795000000023 } from './1795000000023-let-deputies-stand-in.js';
import { HandOverCaseloads1795000000024 } from './1795000000024-hand-over-caseloads.js';
import { DeliverByEveryChannel1795000000025 } from './1795000000025-deliver-by-every-channel.js';
import { GiveOutCalendarFeeds1795000000027 } from './1795000000027-give-out-calendar-feeds.js';
import { LetPracticeBeEdited1795000000028 } from './1795000000028-let-practice-be-edited.js';
import { SuspendDeadlines1795000000029 } from './1795000000029-suspend-deadlines.js';
import { FindWhatSweepsLookFor1795000000030 } from './1795000000030-find-what-sweeps-look-for.js';
import { AnswerForms1795000000031 } from './1795000000031-answer-forms.js';
import { ImportEsco1795000000032 } from './1795000000032-import-esco.js';
import { KeepFilesAndDocuments1795000000033 } from './1795000000033-keep-files-and-documents.js';
import { BookAndInviteToVisits1795000000034 } from './1795000000034-book-and-invite-to-visits.js';
import { CarryVisitsInPacks1795000000035 } from './1795000000035-carry-visits-in-packs.js';
import { HandCasesOver1795000000036 } from './1795000000036-hand-cases-over.js';
import { DateAmendmentsByTheirTalk1795000000037 } from './1795000000037-date-amendments-by-their-talk.js';
import { GiveEachDeviceItsPack1795000000038 } from './1795000000038-give-each-device-its-pack.js';
import { RememberWhatStood1795000000039 } from './1795000000039-remember-what-stood.js';

/** Every migration, oldest first: classes, not a glob, so that the build and the tests load the same ones. */
export const migrations = [
  MoveTheClock1795000000001,
  KeepTimelineAndReadLog1795000000002,
  LetStaffSignIn1795000000003,
  HoldLawAsRows1795000000004,
  ListTheClassifications1795000000005,
  KeepRefugeesAndTheirCases1795000000006,
  PlanFollowUps1795000000007,
  SignContracts1795000000008,
  AssessCompetences1795000000009,
  VisitAsylumCentres1795000000010,
  GuardSignIn1795000000011,
  RememberWhatWasDone1795000000012,
  SearchClassifications1795000000013,
  CountRequestsAndReaders1795000000014,
  AskTheClockOnce1795000000017,
  ForgetOldSignIns1795000000018,
  KeepEveryTurnOfAFollowUp1795000000019,
  ReviseContracts1795000000020,
  FollowTheProgramme1795000000021,
  KeepCaseNotes1795000000022,
  LetDeputiesStandIn1795000000023,
  HandOverCaseloads1795000000024,
  DeliverByEveryChannel1795000000025,
  GiveOutCalendarFeeds1795000000027,
  LetPracticeBeEdited1795000000028,
  SuspendDeadlines1795000000029,
  FindWhatSweepsLookFor1795000000030,
  AnswerForms1795000000031,
  ImportEsco1795000000032,
  KeepFilesAndDocuments1795000000033,
  BookAndInviteToVisits1795000000034,
  CarryVisitsInPacks1795000000035,
  HandCasesOver1795000000036,
  DateAmendmentsByTheirTalk1795000000037,
  GiveEachDeviceItsPack1795000000038,
  RememberWhatStood1795000000039,
];
