import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { validation } from '../platform/http/validation.js';
import { Credentials, type Verified } from './credentials.service.js';
import { SignIn } from './dto/sign-in.dto.js';
import { staffProblem } from './staff.problems.js';

/** Passport's frame for signing in by e-mail and password. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(private readonly credentials: Credentials) {
    super({ usernameField: 'email', session: false, passReqToCallback: true });
  }

  /** @throws 401, the same for an unknown e-mail, a wrong password and a closed account; 429 behind a lock */
  async validate({ ip }: FastifyRequest, email: string, password: string): Promise<Verified> {
    const verified = await this.credentials.verify(email, password, ip);
    if (!verified) throw staffProblem.sign_in_refused();
    return verified;
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
