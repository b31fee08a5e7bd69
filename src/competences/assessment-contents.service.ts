import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Assessment } from './assessment.entity.js';
import { deletePart, insertPart, PARTS, type PartName } from './assessment-parts.queries.js';
import type { AssessmentContent } from './competences.contract.js';
import { CONTENT_OF } from './competences.queries.js';

/** What an assessment says, read and written whole: a statement or two for each part, however many rows it has. */
@Injectable()
export class AssessmentContents {
  async read(tx: EntityManager, id: string): Promise<AssessmentContent> {
    const [row] = await tx.query<{ content: AssessmentContent }[]>(CONTENT_OF, [id]);
    return row.content;
  }

  async insert(tx: EntityManager, assessment: Assessment, content: AssessmentContent): Promise<void> {
    await tx.insert(Assessment, Object.assign(assessment, columnsOf(content)));
    for (const name of PART_NAMES) await this.insertRows(tx, assessment.id, name, content);
  }

  /** Replaces the named parts and moves the version on. */
  async replace(
    tx: EntityManager,
    id: string,
    content: AssessmentContent,
    changed: (keyof AssessmentContent)[],
  ): Promise<void> {
    await tx.update(Assessment, { id }, { ...columnsOf(content), version: () => 'version + 1' });
    for (const name of PART_NAMES.filter((part) => changed.includes(part === 'wished' ? 'wishes' : part))) {
      await tx.query(deletePart(name), [id]);
      await this.insertRows(tx, id, name, content);
    }
  }

  private async insertRows(
    tx: EntityManager,
    id: string,
    name: PartName,
    content: AssessmentContent,
  ): Promise<void> {
    const rows =
      name === 'wished' ? content.wishes.occupations.map((occupation) => ({ occupation })) : content[name];
    if (rows.length > 0) await tx.query(insertPart(name), [id, JSON.stringify(rows)]);
  }
}

const PART_NAMES = Object.keys(PARTS) as PartName[];

function columnsOf({ interpreter, wishes, availability }: AssessmentContent): Partial<Assessment> {
  return {
    interpreterPresent: interpreter.present,
    interpreterLanguage: interpreter.language,
    wishes: wishes.text,
    availableFrom: availability.from,
    hoursPerWeek: availability.hoursPerWeek,
    availableWeekdays: availability.weekdays,
  };
}
