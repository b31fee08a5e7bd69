import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { CurrentActor, Open } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { Id } from '../platform/http/validation.js';
import type { Verified } from './credentials.service.js';
import { Refresh, SessionPage, SessionQuery, SignIn, Tokens } from './dto/sign-in.dto.js';
import { SessionsService } from './sessions.service.js';
import { SignInGuard } from './sign-in.guard.js';
import { SignedIn, type StaffActor } from './staff.contract.js';

@Controller('auth')
export class AuthController {
  constructor(private readonly sessions: SessionsService) {}

  /** Sign in with e-mail and password. Five failures in 15 minutes lock the e-mail, fifty the address. */
  @Post('sign-in')
  @Costs(5)
  @Open()
  @HttpCode(200)
  @UseGuards(SignInGuard)
  @ApiBody({ type: SignIn })
  @MayAnswer('staff.sign_in_refused', 'staff.too_many_tries')
  signIn(@Req() request: { user: Verified }): Promise<Tokens> {
    return this.sessions.start(request.user);
  }

  /** Trade a refresh token for new tokens; using one twice, be it at the same time, ends the session. */
  @Post('refresh')
  @Costs(2)
  @Open()
  @HttpCode(200)
  @MayAnswer('staff.refresh_refused')
  refresh(@Body() { refreshToken }: Refresh): Promise<Tokens> {
    return this.sessions.refresh(refreshToken);
  }

  /** My running sessions. */
  @Get('sessions')
  @Costs(2)
  @SignedIn()
  running(@CurrentActor() actor: StaffActor, @Query() query: SessionQuery): Promise<SessionPage> {
    return this.sessions.running(actor, query);
  }

  /** Sign out: the refresh token of this session no longer works. */
  @Delete('sessions/current')
  @SignedIn()
  @HttpCode(204)
  signOut(@CurrentActor() actor: StaffActor): Promise<void> {
    return this.sessions.signOut(actor);
  }

  /** End another session of mine, such as one on a lost computer. */
  @Delete('sessions/:id')
  @SignedIn()
  @HttpCode(204)
  @MayAnswer('staff.no_such_session')
  end(@CurrentActor() actor: StaffActor, @Id() id: string): Promise<void> {
    return this.sessions.end(actor, id);
  }
}
