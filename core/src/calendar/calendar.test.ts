import { addDays, daysBetween, hoursOfMonth, isDay, lastDayOfMonth, shanghaiDay } from '.';

describe('calendar', () => {
  it('knows month ends and leap years', () => {
    expect(lastDayOfMonth('2024-02')).toBe('2024-02-29');
    expect(lastDayOfMonth('2023-02')).toBe('2023-02-28');
    expect(hoursOfMonth('2024-02')).toBe(696);
  });
  it('counts days and adds them', () => {
    expect(daysBetween('2024-09-30', '2024-11-16')).toBe(47);
    expect(addDays('2024-12-31', 1)).toBe('2025-01-01');
  });
  it('refuses days that do not exist', () => {
    expect(isDay('2024-02-30')).toBe(false);
    expect(isDay('2024-2-3')).toBe(false);
    expect(isDay('2026-11-31')).toBe(false);
    expect(isDay('1900-02-29')).toBe(false);
    expect(isDay('２０２４-02-03')).toBe(false);
    expect(isDay('2024-02-03\n')).toBe(false);
  });
  it('knows leap years of every century', () => {
    expect(lastDayOfMonth('0000-02')).toBe('0000-02-29');
    expect(lastDayOfMonth('0050-02')).toBe('0050-02-28');
    expect(lastDayOfMonth('2000-02')).toBe('2000-02-29');
    expect(lastDayOfMonth('2100-02')).toBe('2100-02-28');
  });
  it('turns an instant into the day in Shanghai', () => {
    expect(shanghaiDay('2024-12-31T16:00:00Z')).toBe('2025-01-01');
  });
});
