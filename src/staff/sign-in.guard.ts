import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import { validation } from '../platform/http/validation.js';
import { SignIn } from './dto/sign-in.dto.js';
import { SessionsService } from './sessions.service.js';
import type { StaffAccount } from './staff-account.entity.js';

/** Passport's frame for signing in by e-mail and password. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(private readonly sessions: SessionsService) {
    super({ usernameField: 'email', session: false });
  }

  validate(email: string, password: string): Promise<StaffAccount> {
    return this.sessions.verifiedAccount(email, password);
  }
}

@Injectable()
export class SignInGuard extends AuthGuard('password') {
  // The shape is judged before passport reads the fields: a missing one is a 400 that names it, not a 401.
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<{ body: unknown }>();
    request.body = await validation.transform(request.body, { type: 'body', metatype: SignIn });
    return super.canActivate(context) as Promise<boolean>;
  }

  override handleRequest<Account>(error: Error | null, account: Account): Account {
    if (error) throw error;
    return account;
  }
}
