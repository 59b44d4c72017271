// The sample's tamper variants T1–T8, each applied to a copy of the plant-year file: only the field that is named is
// changed, everything that depends on it is left as it was. `figure` and `rules` are what the check must name.

function month(file, unitId, name) {
  const unit = file.units.find((candidate) => candidate.unitId === unitId);
  return unit.months.find((candidate) => candidate.month === name);
}

function months(file, unitId, count = 12) {
  return file.units.find((candidate) => candidate.unitId === unitId).months.slice(0, count);
}

const scaled = (text, factor, decimals) => (Number(text) * factor).toFixed(decimals);

export const variants = [
  {
    id: 'T1 back-dated laboratory report',
    apply: (file) => (month(file, 'U2', '2024-09').lab.issued = '2024-10-20'),
    key: 'U2/2024-09/test-report',
    figure: 'issued',
    rules: ['R-D02'],
  },
  {
    id: 'T2 twelve samples delivered on one day',
    apply: (file) => months(file, 'U1').forEach((entry) => (entry.lab.sampleReceived = '2024-12-20')),
    key: 'U1/2024-01/sample-receipt',
    figure: 'sampleReceived',
    rules: ['R-D03', 'R-D04'],
  },
  {
    id: 'T3 report number removed',
    apply: (file) => delete month(file, 'U1', '2024-03').lab.reportNo,
    key: 'U1/2024-03/test-report',
    figure: 'reportNo',
    rules: ['R-D01'],
  },
  {
    id: 'T4 moisture raised against the daily records',
    apply: (file) => (month(file, 'U1', '2024-05').Mar_pct = '18.90'),
    key: 'U1/2024-05/monthly-evidence',
    figure: 'Mar_pct',
    rules: ['R-L07', 'R-L03', 'R-S03'],
  },
  {
    id: 'T5 carbon lowered by 3 points',
    apply: (file) => (month(file, 'U1', '2024-07').lab.Cad_pct = '59.72'),
    key: 'U1/2024-07/test-report',
    figure: 'Cad_pct',
    rules: ['R-L03', 'R-S02', 'R-S03'],
  },
  {
    id: 'T6 coal lowered by 8 %',
    apply: (file) => {
      const entry = month(file, 'U2', '2024-12');
      entry.coalConsumption_t = scaled(entry.coalConsumption_t, 0.92, 2);
    },
    key: 'U2/2024-12/monthly-evidence',
    figure: 'coalConsumption_t',
    rules: ['R-L01', 'R-L10'],
  },
  {
    id: 'T7 heat supply raised by 30 %',
    apply: (file) => {
      const entry = month(file, 'U2', '2024-11');
      entry.heatSupply_GJ = scaled(entry.heatSupply_GJ, 1.3, 2);
    },
    key: 'U2/2024-11/monthly-evidence',
    figure: 'heatSupply_GJ',
    rules: ['R-L10'],
  },
  {
    id: 'T8 the same laboratory values in four months',
    apply: (file) => {
      const [first, ...others] = months(file, 'U1', 4).map((entry) => entry.lab);
      const { Cad_pct, Mad_pct, Had_pct, St_ad_pct } = first;
      others.forEach((lab) => Object.assign(lab, { Cad_pct, Mad_pct, Had_pct, St_ad_pct }));
    },
    key: 'U1/2024-02/test-report',
    figure: 'Cad_pct',
    rules: ['R-S05'],
  },
];
