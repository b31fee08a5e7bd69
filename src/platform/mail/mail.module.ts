import { Module } from '@nestjs/common';
import { Mailer } from './mailer.js';
import { Outgoing } from './outgoing.js';

@Module({ providers: [Mailer, Outgoing], exports: [Mailer, Outgoing] })
export class MailModule {}
