/** 1号机组 as its registration states it. */
export const unitOne = {
  id: 'U1',
  name: '1号机组',
  permitNo: '91140000MA0FAKE01X001P',
  facilityCode: 'MF0003',
  boilers: ['MF0001'],
  turbines: ['MF0002'],
  generators: ['MF0003'],
  capacity_MW: '630',
  category: 'I',
  fuel: '烟煤',
  heat: false,
  from: '2010-06-01',
  to: null,
} as const;
