import { ApiProperty } from '@nestjs/swagger';
import { Code } from '../../platform/http/fields.js';

export class ConceptPath {
  /** The end of the concept's URI. @example 00030d09-2b3a-4efd-87cc-c4ea39d27c34 */
  @Code() code: string;
}

/** What is named in two languages; null where ESCO was not imported in it. */
class Titled {
  /** The end of its URI. @example 00030d09-2b3a-4efd-87cc-c4ea39d27c34 */
  code: string;
  /** @example "technical director" */
  titleEn: string | null;
  /** @example "teknisk chef" */
  titleDa: string | null;
}

class Concept extends Titled {
  /** As ESCO publishes it. @example http://data.europa.eu/esco/occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34 */
  uri: string;
  /** `obsolete`: no longer in ESCO; a search does not offer it. */
  @ApiProperty({ enum: ['released', 'obsolete'] }) status: 'released' | 'obsolete';
  /** Release of ESCO that brought it as it stands, or ended it; null when nobody said which. @example 1.2.0 */
  release: string | null;
}

export class EscoOccupation extends Concept {
  /** The group of ISCO-08 it belongs to. @example 2166 */
  iscoGroup: string;
  /** By title. */
  essentialSkills: Titled[];
  /** By title. */
  optionalSkills: Titled[];
}

export class EscoSkill extends Concept {
  /** In the words of ESCO. @example knowledge */
  skillType: string | null;
  /** In the words of ESCO. @example cross-sector */
  reuseLevel: string | null;
}
