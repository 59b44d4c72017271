import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { TopologyError, type TopologyFault } from '../errors';
import { checkTopology } from './check';
import { topologySchema, type Topology } from './schema';

type Tree = Readonly<Record<string, unknown>>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Lays `patch` over `base`: objects are merged; entries of lists are matched by their `name`,
 * added when new, taken away when they say `absent: true`; everything else is replaced.
 */
export function overlay(base: Tree, patch: Tree): Tree {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) merged[key] = overlayValue(merged[key], value);
  return merged;
}

function overlayValue(below: unknown, value: unknown): unknown {
  if (isTree(below) && isTree(value)) return overlay(below, value);
  if (Array.isArray(below) && isNamedList(value)) return value.reduce<unknown[]>(overlayEntry, below);
  return value;
}

function isNamedList(value: unknown): value is readonly Tree[] {
  return Array.isArray(value) && value.every((entry) => isTree(entry) && 'name' in entry);
}

function overlayEntry(list: readonly unknown[], entry: Tree): unknown[] {
  const matches = (other: unknown): other is Tree => isTree(other) && other.name === entry.name;
  if (entry.absent === true) return list.filter((other) => !matches(other));
  if (!list.some(matches)) return [...list, entry];
  return list.map((other) => (matches(other) ? overlay(other, entry) : other));
}

function readYaml(text: string): Tree {
  const document = parseDocument(text, { merge: true });
  if (document.errors.length > 0) {
    throw new TopologyError(document.errors.map((error) => ({ path: '', message: error.message })));
  }
  const value: unknown = document.toJS();
  if (!isTree(value)) throw new TopologyError([{ path: '', message: 'a mapping is wanted' }]);
  return value;
}

function applyProfiles(tree: Tree, profiles: readonly string[]): Tree {
  const { profiles: known = {}, ...base } = tree;
  if (!isTree(known)) throw new TopologyError([{ path: 'profiles', message: 'a mapping is wanted' }]);
  return profiles.reduce<Tree>((topology, name) => {
    const patch = known[name];
    if (isTree(patch)) return overlay(topology, patch);
    const offered = Object.keys(known).join(', ') || 'none';
    throw new TopologyError([{ path: `profiles.${name}`, message: `there is no such profile; there are: ${offered}` }]);
  }, base);
}

function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function shapeFaults(issues: readonly z.core.$ZodIssue[]): TopologyFault[] {
  return issues.map((issue) => ({ path: formatPath(issue.path), message: issue.message }));
}

/**
 * Reads topology.yaml with `profiles` laid over it in order.
 * @throws TopologyError naming every fault at once.
 */
export function parseTopology(text: string, profiles: readonly string[] = []): Topology {
  return validateTopology(applyProfiles(readYaml(text), profiles));
}

/** Validates a topology that is already data, such as the one a running network was started from. */
export function validateTopology(value: unknown): Topology {
  const parsed = topologySchema.safeParse(value);
  if (!parsed.success) throw new TopologyError(shapeFaults(parsed.error.issues));
  const faults = checkTopology(parsed.data);
  if (faults.length > 0) throw new TopologyError(faults);
  return parsed.data;
}
