import { Logger } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { hearErrors } from './queue-errors.js';

const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('the errors of a queue in the log', () => {
  const queue = Object.assign(new EventEmitter(), { name: 'reminders' });
  const said = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
  hearErrors(queue);

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    said.mockClear();
    jest.useRealTimers();
  });

  it('stand there once a minute, with how many were left out', () => {
    for (let i = 0; i < 100; i++) queue.emit('error', refused());
    expect(said).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(60_001);
    queue.emit('error', refused());
    expect(said).toHaveBeenCalledTimes(2);
    expect(said).toHaveBeenLastCalledWith(
      expect.objectContaining({ queue: 'reminders', code: 'ECONNREFUSED', unsaid: 99 }),
    );
  });

  it('stand there each, when they are of different kinds', () => {
    queue.emit('error', new TypeError('one'));
    queue.emit('error', Object.assign(new Error('the other'), { code: '57P03' }));
    expect(said).toHaveBeenCalledTimes(2);
  });
});
