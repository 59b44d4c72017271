import type { ContentOf } from '../rulebook';
import type { ScreeningFinding, ScreeningRun } from './screening';

type Filed = ContentOf<'screening-result'>;
type FiledFinding = Filed['findings'][number];

/** As many findings, and as many addresses of one, as a record holds. */
const mostFindings = 400;
const mostAddresses = 40;

const severities = { B: 'block', W: 'warn', I: 'info' } as const;
const order = ['B', 'W', 'I'] as const;

/** Addresses of the enterprise's own values; of the record that was looked at, where the values are another's. */
function ownAddresses({ at, touches }: ScreeningFinding, uscc: string): string[] {
  const own = touches.filter((address) => address.startsWith(`${uscc}/`) && address.length <= 240);
  return (own.length > 0 ? own : [`${at}#record`]).slice(0, mostAddresses);
}

function filedFinding(finding: ScreeningFinding, uscc: string): FiledFinding {
  const { rule, severity } = finding;
  return { rule, severity: severities[severity], addresses: ownAddresses(finding, uscc) };
}

/** Findings of one rule and severity together, for who has more than a record holds. */
function together(findings: readonly FiledFinding[]): FiledFinding[] {
  const grouped = new Map<string, Set<string>>();
  for (const { rule, severity, addresses } of findings) {
    const group = grouped.get(`${rule} ${severity}`) ?? new Set();
    for (const address of addresses) group.add(address);
    grouped.set(`${rule} ${severity}`, group);
  }
  return [...grouped].map(([name, addresses]) => {
    const [rule = '', severity = ''] = name.split(' ');
    return {
      rule,
      severity: severity as FiledFinding['severity'],
      addresses: [...addresses].sort().slice(0, mostAddresses),
    };
  });
}

/**
 * What a run found on one enterprise and was not explained, as the content of a `screening-result`: what blocks or asks for
 * an explanation whole, information as far as it has room. The digest is that of the run's whole result, to which anybody
 * comes who screens the same records by the same rules.
 * @throws TypeError for a run over a file: nothing of it is on the ledger
 */
export function filedResult({ result, digest }: ScreeningRun, uscc: string): Filed {
  const { of, code, year } = result.scope;
  if (of === 'file') throw new TypeError('a file is not on the ledger');
  const open = result.findings.filter(({ at, explained }) => explained === undefined && at.startsWith(`${uscc}/`));
  const own = order.flatMap((severity) => open.filter((finding) => finding.severity === severity));
  const single = own.map((finding) => filedFinding(finding, uscc));
  const asking = single.filter(({ severity }) => severity !== 'info').length;
  const findings = (asking > mostFindings ? together(single) : single).slice(0, mostFindings);
  const count = (severity: FiledFinding['severity']): number =>
    (severity === 'info' ? single : findings).filter((finding) => finding.severity === severity).length;
  const idle = Object.values(result.rules).filter(({ ran, notRun }) => ran === 0 && Object.keys(notRun).length > 0);
  return {
    scope: { of, ...(code === undefined ? {} : { code }), year },
    ruleSet: result.ruleSet.id,
    counts: { block: count('block'), warn: count('warn'), info: count('info'), notRun: idle.length },
    findings,
    digest: `sha256:${digest}`,
  };
}

/** Business keys of the records on which filed findings stand. */
export function keysOfFindings({ findings }: Filed): string[] {
  const keys = findings.flatMap(({ addresses }) => addresses.map((address) => address.split('#')[0] ?? ''));
  return [...new Set(keys)].sort();
}

/** An explanation of findings, to be filled with reasons: each finding by its address, each rule once. */
export function explanationOf(findings: readonly ScreeningFinding[]): ContentOf<'explanation'> {
  const asking = findings.filter(({ severity, explained }) => severity !== 'I' && explained === undefined);
  const rules = [...new Set(asking.map(({ rule }) => rule))].sort();
  return {
    items: rules.map((about) => ({ about, reason: '', documents: [] })),
    findings: asking.slice(0, mostFindings).map(({ rule, at, inputs }) => ({ rule, at, inputs })),
  };
}
