import type { Basis } from '../refugees/refugees.contract.js';
import type { Role, StaffActor } from '../staff/staff.contract.js';
import { mayAssess } from './competences.policy.js';

describe('assessing a person', () => {
  it.each<[Role, Basis, boolean]>([
    ['job_consultant', 'case_work', true],
    ['job_consultant', 'grant', false],
    ['team_leader', 'supervision', true],
    ['team_leader', 'grant', false],
    ['caseworker', 'case_work', false],
    ['coordinator', 'case_work', false],
    ['coordinator', 'grant', false],
  ])('as %s by %s: %s', (role, basis, allowed) => {
    expect(mayAssess({ role } as StaffActor, basis)).toBe(allowed);
  });
});
