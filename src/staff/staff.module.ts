import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthController } from './auth.controller.js';
import { AccessTokenStrategy, Door } from './door.js';
import { SessionsService } from './sessions.service.js';
import { PasswordStrategy } from './sign-in.guard.js';
import { StaffAccount } from './staff-account.entity.js';
import { StaffController } from './staff.controller.js';
import { StaffService } from './staff.service.js';
import { Unit } from './unit.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Unit, StaffAccount])],
  controllers: [AuthController, StaffController],
  providers: [StaffService, SessionsService, PasswordStrategy, AccessTokenStrategy, Door],
  exports: [StaffService, Door],
})
export class StaffModule {}
