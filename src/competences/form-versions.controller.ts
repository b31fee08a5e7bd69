import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Roles, SignedIn, type StaffActor } from '../staff/staff.contract.js';
import { FormPage, FormQuery, FormView, OneForm, PublishForm } from './dto/form-version.dto.js';
import { FormVersionsService } from './form-versions.service.js';

@Controller('form-versions')
export class FormVersionsController {
  constructor(private readonly forms: FormVersionsService) {}

  /** Forms as they were published, newest first: the first is what new assessments are asked by. */
  @Get()
  @Costs(2)
  @SignedIn()
  list(@Query() query: FormQuery): Promise<FormPage> {
    return this.forms.list(query);
  }

  /** One form, as it was published. */
  @Get(':version')
  @SignedIn()
  @MayAnswer('competences.no_such_form')
  read(@Param() { version }: OneForm): Promise<FormView> {
    return this.forms.read(version);
  }

  /** Publish the next form. It is final, and refused if an answer to the one before would have nowhere to go. */
  @Post()
  @Roles('administrator')
  @MayAnswer('competences.form_moved_on', 'competences.form_refused')
  publish(@CurrentActor() actor: StaffActor, @Body() request: PublishForm): Promise<FormView> {
    return this.forms.publish(actor, request);
  }
}
