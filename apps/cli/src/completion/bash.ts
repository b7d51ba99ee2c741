import type { Choice, CommandNode } from './command-tree.ts';
import { commandPattern, nextCases, quote, valueCases } from './posix.ts';

/** A completion script for bash 3.2 (the version of macOS) or newer. It needs no other packages. */
export function bashScript(nodes: readonly CommandNode[]): string {
  return `# Completes trackly's commands in bash.
_trackly() {
  local at= word words= files= i=1
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # --name=value comes as three words.
  if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in (${commandPattern(nodes)}) at+=" \${COMP_WORDS[i]}" ;; esac
  done
  case "$at $previous" in
${valueCases(nodes, assign)}    (*) case "$at:$current" in
${nextCases(nodes, assign)}    esac ;;
  esac
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done < <(compgen -W "$words" -- "$current"; [[ -z $files ]] || compgen -f -- "$current")
  # It quotes names, and adds slashes to those of folders; 3.2 cannot do so here.
  [[ -z $files ]] || compopt -o filenames 2> /dev/null || true
}
complete -F _trackly trackly
`;
}

function assign({ words, files }: Choice): string {
  return `words=${quote(words.map(({ word }) => word).join(' '))}${files ? ' files=1' : ''}`;
}
