import { dayOfRun } from './run-day';

describe('the day of a run', () => {
  it.each([
    ['2025-12-08T08:59:59Z', '17:00', '2025-12-07'],
    ['2025-12-08T09:00:00Z', '17:00', '2025-12-08'],
    ['2025-12-08T15:59:59Z', '17:00', '2025-12-08'],
    ['2025-12-08T16:00:00Z', '17:00', '2025-12-08'],
    ['2025-12-31T16:00:00Z', '00:00', '2026-01-01'],
    ['2026-01-01T00:59:00Z', '09:00', '2025-12-31'],
  ])('that begins at %s, the file closed at %s, is %s', (instant, closesAt, day) => {
    expect(dayOfRun(instant, { closesAt })).toBe(day);
  });
});
