import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../src/app.module.js';
import { CompetencesService } from '../src/competences/competences.service.js';
import { CaseHandoversService } from '../src/handovers/case-handovers.service.js';
import { OperatorFormsService } from '../src/handovers/operator-forms.service.js';
import { ContractSignaturesService } from '../src/programme/contract-signatures.service.js';
import { ContractsService } from '../src/programme/contracts.service.js';
import { SpellsService } from '../src/programme/spells.service.js';
import { TalksService } from '../src/programme/talks.service.js';
import { VisitationsService } from '../src/programme/visitations.service.js';
import { CasesService } from '../src/refugees/cases.service.js';
import { RefugeesService } from '../src/refugees/refugees.service.js';
import { VisitParticipantsService } from '../src/visits/visit-participants.service.js';
import { VisitsService } from '../src/visits/visits.service.js';

/** The services of the program itself, so that what is seeded has the timeline and the follow-ups of real work. */
export interface Services {
  refugees: RefugeesService;
  cases: CasesService;
  visits: VisitsService;
  participants: VisitParticipantsService;
  competences: CompetencesService;
  operatorForms: OperatorFormsService;
  caseHandovers: CaseHandoversService;
  contracts: ContractsService;
  signatures: ContractSignaturesService;
  visitations: VisitationsService;
  talks: TalksService;
  spells: SpellsService;
  close(): Promise<void>;
}

export async function openServices(environment: NodeJS.ProcessEnv): Promise<Services> {
  Object.assign(process.env, environment);
  const context = await NestFactory.createApplicationContext(AppModule, {
    logger: false,
    abortOnError: false,
  });
  return {
    refugees: context.get(RefugeesService),
    cases: context.get(CasesService),
    visits: context.get(VisitsService),
    participants: context.get(VisitParticipantsService),
    competences: context.get(CompetencesService),
    operatorForms: context.get(OperatorFormsService),
    caseHandovers: context.get(CaseHandoversService),
    contracts: context.get(ContractsService),
    signatures: context.get(ContractSignaturesService),
    visitations: context.get(VisitationsService),
    talks: context.get(TalksService),
    spells: context.get(SpellsService),
    close: () => context.close(),
  };
}
