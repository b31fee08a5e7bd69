import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { Actor } from '../platform/http/access.js';
import { CurrentActor } from '../platform/http/access.js';
import { TakesCsv } from '../platform/http/csv-body.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import { CASE_ROLES, Roles, type StaffActor } from '../staff/staff.contract.js';
import {
  AnswersOfOperator,
  OperatorFormOrigin,
  OperatorFormPage,
  OperatorFormQuery,
  OperatorFormView,
  SettleQuestion,
  SHEET,
} from './dto/operator-form.dto.js';
import { OperatorFormsService } from './operator-forms.service.js';

@Controller()
export class OperatorFormsController {
  constructor(private readonly forms: OperatorFormsService) {}

  /** Take in the asylum operator's form: blanks of the draft are filled, nothing that stands is overwritten. The same form again changes nothing. */
  @Post('refugees/:id/operator-forms')
  @Costs(5)
  @Roles('job_consultant', 'team_leader')
  @TakesCsv(SHEET)
  @AnswersOfOperator()
  @MayAnswer(
    'refugees.no_such_case',
    'competences.no_such_form',
    'competences.amending_older',
    'operator_forms.no_such_form',
    'operator_forms.dated_in_the_future',
    'operator_forms.answers_nothing',
    'operator_forms.draft_of_older_form',
  )
  receive(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Query() origin: OperatorFormOrigin,
    @Body() body: unknown,
  ): Promise<OperatorFormView> {
    return this.forms.receive(actor, id, origin, body);
  }

  /** The operator's forms of a person, newest first. */
  @Get('refugees/:id/operator-forms')
  @Costs(2)
  @Roles(...CASE_ROLES)
  @MayAnswer('refugees.no_such_case')
  list(
    @CurrentActor() actor: Actor,
    @Id() id: string,
    @Query() query: OperatorFormQuery,
  ): Promise<OperatorFormPage> {
    return this.forms.list(actor, id, query);
  }

  /** One operator's form, and what became of its answers. */
  @Get('operator-forms/:id')
  @Roles(...CASE_ROLES)
  @MayAnswer('operator_forms.no_such_form')
  read(@CurrentActor() actor: Actor, @Id() id: string): Promise<OperatorFormView> {
    return this.forms.read(actor, id);
  }

  /** Choose between what stands and what the operator says, once, and only if what stands is what you read. */
  @Post('operator-forms/:id/settlements')
  @Roles('job_consultant', 'team_leader')
  @MayAnswer(
    'operator_forms.no_such_form',
    'operator_forms.no_such_question',
    'operator_forms.settled',
    'operator_forms.agreed',
    'operator_forms.moved_on',
    'competences.signed',
  )
  settle(
    @CurrentActor() actor: StaffActor,
    @Id() id: string,
    @Body() request: SettleQuestion,
  ): Promise<OperatorFormView> {
    return this.forms.settle(actor, id, request);
  }
}
