import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { DomainError } from '../platform/http/problem.js';
import { sendProblem } from '../platform/http/problem.filter.js';

const STYLE =
  'body{font:1rem/1.5 sans-serif;max-width:26rem;margin:4rem auto}label,button{display:block;margin:1rem 0}input{width:100%}';

/** Signs in, trades the access token for a pass and opens the page again; the tokens are kept nowhere. */
const SCRIPT = `
document.forms[0].addEventListener('submit', async (event) => {
  event.preventDefault();
  const send = (path, headers, body) => fetch('/api/v1/auth/' + path, { method: 'POST', headers, body });
  const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
  const signedIn = await send('sign-in', { 'content-type': 'application/json' }, body);
  const { accessToken, title } = await signedIn.json();
  const passed = signedIn.ok && (await send('queue-page-passes', { authorization: 'Bearer ' + accessToken }));
  if (passed.ok) return location.reload();
  document.querySelector('output').textContent = passed ? (await passed.json()).title : title;
});`;

const PAGE = `<!doctype html>
<html lang="da">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ankomst</title>
<style>${STYLE}</style>
<h1>Ankomst</h1>
<p>Siden er for administratorer. Log ind for at åbne den; den lukker igen efter ti minutter.
<p lang="en">This page is for administrators. Sign in to open it; it closes again after ten minutes.
<form>
<label>E-mail <input name="email" type="email" autocomplete="username" required></label>
<label>Adgangskode <span lang="en">/ Password</span> <input name="password" type="password" autocomplete="current-password" required></label>
<button>Log ind <span lang="en">/ Sign in</span></button>
</form>
<output></output>
<script>${SCRIPT}</script>
</html>
`;

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const CONTENT_SECURITY_POLICY = [
  `default-src 'none'`,
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/** Refuses as everywhere, but shows a browser that nobody signed in to how to; in both languages, for it has no account yet. */
export function sendSignInPage(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const isStranger = error instanceof DomainError && error.kind === 'unauthenticated';
  const reads = new Negotiator(request).mediaType(['application/problem+json', 'text/html']);
  if (!isStranger || reads !== 'text/html') return sendProblem(error, request, reply);
  void reply
    .status(401)
    .header('www-authenticate', 'Bearer')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .type('text/html; charset=utf-8')
    .send(PAGE);
}
