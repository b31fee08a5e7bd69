import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database, today } from '../platform/database/database.js';
import type { Actor } from '../platform/http/access.js';
import { requireVersion } from '../platform/http/etag.js';
import { refugeeProblem } from '../refugees/refugees.problems.js';
import { RefugeesService } from '../refugees/refugees.service.js';
import type { StaffActor } from '../staff/staff.contract.js';
import { factOf } from '../timeline/timeline.contract.js';
import { TimelineService } from '../timeline/timeline.service.js';
import { DanishCourse } from './danish-course.entity.js';
import { danishProblem } from './danish-education.problems.js';
import {
  COURSE_BY_ID,
  DANISH_EDUCATION,
  EXAM_BY_ID,
  PERSON_OF_COURSE,
  type DanishEducationRow,
} from './danish-education.queries.js';
import { faultsOfCourse, standingOf } from './danish-education.rules.js';
import { DanishExam } from './danish-exam.entity.js';
import type {
  ChangeDanishCourse,
  DanishCourseView,
  DanishEducation,
  DanishExamView,
  RecordDanishCourse,
  RecordDanishExam,
} from './dto/danish-education.dto.js';
import { mayWorkOnProgramme } from './programme.policy.js';

/** Danish courses and exams of a person. Every change takes the lock of the case. */
@Injectable()
export class DanishEducationService {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineService,
    private readonly refugees: RefugeesService,
  ) {}

  async ofCase(actor: Actor, refugeeId: string): Promise<DanishEducation> {
    const row = await this.timeline.readOne<DanishEducationRow>(
      actor,
      'danish_education.read',
      DANISH_EDUCATION,
      [refugeeId],
    );
    if (!row) throw refugeeProblem.no_such_case();
    const { courses, exams } = row;
    return { refugeeId, ...standingOf(courses, exams, row.today), courses, exams };
  }

  async recordCourse(
    actor: StaffActor,
    refugeeId: string,
    request: RecordDanishCourse,
  ): Promise<DanishCourseView> {
    const recorded = await this.database.transaction(async (tx) => {
      const course = Object.assign(new DanishCourse(), { refugeeId });
      course.take(request);
      await this.refugees.open(tx, actor, refugeeId, mayWorkOnProgramme);
      await requireRight(tx, course);
      await tx.insert(DanishCourse, course);
      const { education, module, fromOn, toOn, outcome } = course;
      await this.timeline.record(tx, actor, [
        factOf('danish_course', course, 'danish_course.recorded', {
          education,
          module,
          fromOn,
          toOn,
          outcome,
        }),
      ]);
      return course.id;
    });
    return this.course(actor, recorded);
  }

  async changeCourse(
    actor: StaffActor,
    id: string,
    version: number | undefined,
    request: ChangeDanishCourse,
  ): Promise<DanishCourseView> {
    await this.database.transaction(async (tx) => {
      const [person] = await tx.query<{ refugee_id: string }[]>(PERSON_OF_COURSE, [actor.id, id]);
      if (!person) throw danishProblem.no_such_course();
      await this.refugees.open(tx, actor, person.refugee_id, mayWorkOnProgramme);
      const course = await tx.findOneByOrFail(DanishCourse, { id });
      requireVersion(course.version, version);
      const fields = course.take(request);
      if (fields.length === 0) return;
      await requireRight(tx, course);
      course.version += 1;
      await tx.save(course);
      const { toOn, outcome } = course;
      await this.timeline.record(tx, actor, [
        factOf('danish_course', course, 'danish_course.changed', { fields, toOn, outcome }),
      ]);
    });
    return this.course(actor, id);
  }

  async recordExam(actor: StaffActor, refugeeId: string, request: RecordDanishExam): Promise<DanishExamView> {
    const recorded = await this.database.transaction(async (tx) => {
      const exam = Object.assign(new DanishExam(), request, { refugeeId });
      await this.refugees.open(tx, actor, refugeeId, mayWorkOnProgramme);
      const now = await today(tx);
      if (exam.takenOn > now) throw danishProblem.exam_not_taken_yet({ today: now });
      await tx.insert(DanishExam, exam);
      await this.timeline.record(tx, actor, [
        factOf('danish_exam', exam, 'danish_exam.recorded', { ...request }),
      ]);
      return exam.id;
    });
    const row = await this.timeline.readOne<{ exam: DanishExamView }>(
      actor,
      'danish_education.exam',
      EXAM_BY_ID,
      [recorded],
    );
    if (!row) throw refugeeProblem.no_such_case();
    return row.exam;
  }

  private async course(actor: Actor, id: string): Promise<DanishCourseView> {
    const row = await this.timeline.readOne<{ course: DanishCourseView }>(
      actor,
      'danish_education.course',
      COURSE_BY_ID,
      [id],
    );
    if (!row) throw danishProblem.no_such_course();
    return row.course;
  }
}

/** @throws 422 naming what of the course cannot be */
async function requireRight(tx: EntityManager, course: DanishCourse): Promise<void> {
  const errors = faultsOfCourse(course, await today(tx));
  if (errors.length > 0) throw danishProblem.course_not_right({ errors });
}
