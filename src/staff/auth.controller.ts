import { Body, Controller, Delete, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { CurrentActor, Open } from '../platform/http/access.js';
import { Refresh, SignIn, Tokens } from './dto/sign-in.dto.js';
import { SessionsService } from './sessions.service.js';
import { SignInGuard } from './sign-in.guard.js';
import type { StaffAccount } from './staff-account.entity.js';
import { SignedIn, type StaffActor } from './staff.contract.js';

@Controller('auth')
export class AuthController {
  constructor(private readonly sessions: SessionsService) {}

  /** Sign in with e-mail and password. */
  @Post('sign-in')
  @Open()
  @HttpCode(200)
  @UseGuards(SignInGuard)
  @ApiBody({ type: SignIn })
  signIn(@Req() request: { user: StaffAccount }): Promise<Tokens> {
    return this.sessions.start(request.user);
  }

  /** Trade a refresh token for new tokens; using one twice ends the session. */
  @Post('refresh')
  @Open()
  @HttpCode(200)
  refresh(@Body() { refreshToken }: Refresh): Promise<Tokens> {
    return this.sessions.refresh(refreshToken);
  }

  /** Sign out: the refresh token of this session no longer works. */
  @Delete('sessions/current')
  @SignedIn()
  @HttpCode(204)
  signOut(@CurrentActor() actor: StaffActor): Promise<void> {
    return this.sessions.signOut(actor);
  }
}
