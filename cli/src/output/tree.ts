export interface TreeNode {
  readonly label: string;
  readonly children: readonly TreeNode[];
}

function childLines(node: TreeNode, indent: string): string[] {
  return node.children.flatMap((child, index) => {
    const last = index === node.children.length - 1;
    const first = `${indent}${last ? '└─ ' : '├─ '}${child.label}`;
    return [first, ...childLines(child, `${indent}${last ? '   ' : '│  '}`)];
  });
}

/** Draws a tree with its root in the first line. */
export function formatTree(root: TreeNode): string {
  return [root.label, ...childLines(root, '')].join('\n');
}
