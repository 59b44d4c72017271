import { LedgerError } from '@carbon-ledger/core';
import type { Command } from 'commander';
import { exitCodes } from '../output/problem';
import { withExample, type Register } from '../tool';

/** One word list per place on the command line: `''` for the first word, `keys` for what follows `keys`. */
type WordLists = ReadonlyMap<string, readonly string[]>;

function optionNames(command: Command): string[] {
  return command.options.map((option) => option.long ?? '').filter((name) => name !== '');
}

function wordLists(program: Command): WordLists {
  const global = [...optionNames(program), '--help'];
  const lists = new Map<string, readonly string[]>();
  const visit = (command: Command, place: string): void => {
    const names = command.commands.map((child) => child.name());
    lists.set(place, [...names, ...(command === program ? [] : optionNames(command)), ...global]);
    for (const child of command.commands) visit(child, place === '' ? child.name() : `${place} ${child.name()}`);
  };
  visit(program, '');
  return lists;
}

function caseLines(lists: WordLists, line: (place: string, words: string) => string): string {
  return [...lists].map(([place, words]) => line(place, words.join(' '))).join('\n');
}

function bashScript(lists: WordLists): string {
  return `# bash completion for carbon-ledger: source <(carbon-ledger completion bash)
_carbon_ledger() {
  local place="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) case " $_carbon_ledger_places " in *" \${place:+\${place}_}$word "*) place="\${place:+$place }$word" ;; esac ;; esac
  done
  local words=""
  case "$place" in
${caseLines(lists, (place, words) => `    "${place}") words="${words}" ;;`)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
_carbon_ledger_places="${[...lists.keys()].map((place) => place.replaceAll(' ', '_')).join(' ')}"
complete -o default -F _carbon_ledger carbon-ledger
`;
}

function zshScript(lists: WordLists): string {
  return `#compdef carbon-ledger
# zsh completion for carbon-ledger: source <(carbon-ledger completion zsh)
autoload -U +X bashcompinit && bashcompinit
${bashScript(lists)}`;
}

function fishScript(lists: WordLists): string {
  const line = (place: string, words: string): string => {
    const condition =
      place === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${place.split(' ').at(-1) ?? ''}`;
    return `complete -c carbon-ledger -n "${condition}" -a "${words}"`;
  };
  return `# fish completion for carbon-ledger: carbon-ledger completion fish | source\n${caseLines(lists, line)}\n`;
}

const scripts = new Map([
  ['bash', bashScript],
  ['zsh', zshScript],
  ['fish', fishScript],
]);

export const registerCompletion: Register = (program, tool) => {
  const command = program
    .command('completion')
    .description('Write the completion script of a shell.')
    .argument('<shell>', [...scripts.keys()].join(', '))
    .action(function (this: Command, shell: string) {
      return tool.run(this, ({ output }) => {
        const script = scripts.get(shell);
        if (script === undefined)
          throw new LedgerError('USAGE', `${JSON.stringify(shell)} is not one of ${[...scripts.keys()].join(', ')}`);
        const text = script(wordLists(program));
        output.result({ shell, script: text }, () => text.trimEnd());
        return exitCodes.yes;
      });
    });
  withExample(command, 'source <(carbon-ledger completion bash)');
};
