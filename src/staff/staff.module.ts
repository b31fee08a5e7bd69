import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../platform/mail/mail.module.js';
import { Absence } from './absence.entity.js';
import { AbsencesController } from './absences.controller.js';
import { AbsencesService } from './absences.service.js';
import { AccessTokens } from './access-tokens.js';
import { AuthController } from './auth.controller.js';
import { Credentials } from './credentials.service.js';
import { AccessTokenStrategy, Door } from './door.js';
import { MeController } from './me.controller.js';
import { OldSignInsService } from './old-sign-ins.service.js';
import { PasswordMails } from './password-mails.service.js';
import { PasswordsController } from './passwords.controller.js';
import { PasswordsService } from './passwords.service.js';
import { QueuePagePassesController } from './queue-page-passes.controller.js';
import { QueuePagePasses } from './queue-page-passes.js';
import { ReadAlertsController } from './read-alerts.controller.js';
import { ReadAlertsService } from './read-alerts.service.js';
import { SessionsService } from './sessions.service.js';
import { SignInEvents } from './sign-in-events.service.js';
import { PasswordStrategy } from './sign-in.guard.js';
import { SignInLocks } from './sign-in-locks.service.js';
import { StaffAccount } from './staff-account.entity.js';
import { StaffController } from './staff.controller.js';
import { StaffService } from './staff.service.js';
import { Unit } from './unit.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Unit, StaffAccount, Absence]), MailModule],
  controllers: [
    AuthController,
    QueuePagePassesController,
    PasswordsController,
    MeController,
    StaffController,
    AbsencesController,
    ReadAlertsController,
  ],
  providers: [
    StaffService,
    SessionsService,
    PasswordsService,
    PasswordMails,
    Credentials,
    SignInLocks,
    SignInEvents,
    PasswordStrategy,
    AccessTokens,
    AccessTokenStrategy,
    QueuePagePasses,
    Door,
    ReadAlertsService,
    OldSignInsService,
    AbsencesService,
  ],
  exports: [StaffService, Door],
})
export class StaffModule {}
