import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder whose door (`index.ts`) an import goes past: the outermost one that the importing file does not lie in. */
function doorPassed(file, name) {
  const target = path.resolve(path.dirname(file), name);
  const steps = path.relative(path.dirname(file), target).split(path.sep);
  const down = steps.findIndex((step) => step !== '..');
  let folder = path.resolve(path.dirname(file), ...steps.slice(0, down));
  for (const step of steps.slice(down, -1)) {
    folder = path.join(folder, step);
    if (existsSync(path.join(folder, 'index.ts'))) return folder;
  }
  return undefined;
}

/** A folder that has a door is entered by it; one that has none is open. */
export const throughTheDoor = {
  meta: { type: 'problem', schema: [], messages: { past: 'Import {{folder}}: its index.ts is the door.' } },
  create: (context) => ({
    ImportDeclaration(node) {
      const name = node.source.value;
      const folder = name.startsWith('.') ? doorPassed(context.filename, name) : undefined;
      if (folder === undefined) return;
      const shown = path.relative(path.dirname(context.filename), folder);
      context.report({ node, messageId: 'past', data: { folder: shown.startsWith('.') ? shown : `./${shown}` } });
    },
  }),
};
