import { Body, Controller, HttpCode, Ip, Post, Put } from '@nestjs/common';
import { CurrentActor, Open } from '../platform/http/access.js';
import { MayAnswer } from '../platform/http/openapi-refusals.js';
import { Costs } from '../platform/http/rate-limit.js';
import { AskForReset, ChangePassword, SetPassword } from './dto/password.dto.js';
import { PasswordsService } from './passwords.service.js';
import { SignedIn, type StaffActor } from './staff.contract.js';

@Controller('auth')
export class PasswordsController {
  constructor(private readonly passwords: PasswordsService) {}

  /** Ask for a mail with a link to choose a new password; the reply is the same for an e-mail nobody has. */
  @Post('password-resets')
  @Costs(5)
  @Open()
  @HttpCode(202)
  @MayAnswer('staff.too_many_tries')
  askForReset(@Ip() address: string, @Body() { email }: AskForReset): Promise<void> {
    return this.passwords.askForReset(email, address);
  }

  /** Choose a password with the token of an invitation or a reset; all sessions end. */
  @Post('passwords')
  @Costs(5)
  @Open()
  @HttpCode(204)
  @MayAnswer('staff.password_token_refused', 'staff.password_is_own_name')
  set(@Ip() address: string, @Body() request: SetPassword): Promise<void> {
    return this.passwords.set(request, address);
  }

  /** Change my password; all my other sessions end. */
  @Put('password')
  @Costs(5)
  @SignedIn()
  @HttpCode(204)
  @MayAnswer('staff.current_password_wrong', 'staff.password_is_own_name', 'staff.too_many_tries')
  change(
    @CurrentActor() actor: StaffActor,
    @Ip() address: string,
    @Body() request: ChangePassword,
  ): Promise<void> {
    return this.passwords.change(actor, request, address);
  }
}
