import type { Choice, CommandNode } from './command-tree.ts';
import { commandPattern, nextCases, quote, valueCases } from './posix.ts';

/** A completion script for zsh, to be sourced or to be found in `fpath` as `_trackly`. */
export function zshScript(nodes: readonly CommandNode[]): string {
  return `#compdef trackly
# Completes trackly's commands in zsh.
_trackly() {
  local at= word files= current=\${words[CURRENT]} previous=\${words[CURRENT-1]}
  local -a offered
  if [[ $current == --*=* ]]; then
    previous=\${current%%=*}
    compset -P '*='
  fi
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in (${commandPattern(nodes)}) at+=" $word" ;; esac
  done
  case "$at $previous" in
${valueCases(nodes, assign)}    (*) case "$at:$current" in
${nextCases(nodes, assign)}    esac ;;
  esac
  (( $#offered )) && _describe trackly offered
  [[ -n $files ]] && _files
}
if [[ $funcstack[1] == _trackly ]]; then _trackly; else compdef _trackly trackly; fi
`;
}

function assign({ words, files }: Choice): string {
  const offered = words.map(({ word, meaning }) => quote(`${word.replaceAll(':', String.raw`\:`)}:${meaning}`));
  return `offered=(${offered.join(' ')})${files ? ' files=1' : ''}`;
}
