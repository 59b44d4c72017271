#!/bin/sh
# Backups that are encrypted before they reach the disk that they are kept on. Private figures and, unless --no-keys is given, keys are in every backup.
#   sealed-backup.sh seal DATA FILE COMMAND…      takes a backup of DATA, verified, and writes it through COMMAND (stdin to stdout) into FILE
#   sealed-backup.sh open FILE FOLDER COMMAND…    gives the backup back into FOLDER, for `carbon-ledger restore FOLDER`
# COMMAND with age:  age -R recipients.txt        and  age -d -i key.txt      (keep key.txt elsewhere than the backups)
#         with gpg:  gpg --encrypt -r ledger-ops  and  gpg --decrypt
# TMPDIR   where the backup lies in the clear meanwhile: memory (/dev/shm) or an encrypted disk, with room for it twice
# LEDGER   the command line, as "npx carbon-ledger" in a checkout; default carbon-ledger
# OPTIONS  of `carbon-ledger backup`, as --no-keys
set -eu
umask 077
usage() { sed -n '2,5p' "$0" >&2; exit 2; }
[ $# -ge 4 ] || usage
verb=$1 from=$2 to=$3
shift 3
[ ! -e "$to" ] || { echo "$to is there already" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work" "$to.part"' EXIT
trap 'exit 1' INT TERM HUP

case $verb in
  seal)
    # shellcheck disable=SC2086 # several words are meant
    ${LEDGER:-carbon-ledger} backup --data "$from" -o "$work/backup" ${OPTIONS:-}
    tar -C "$work" -cf "$work/backup.tar" backup
    "$@" <"$work/backup.tar" >"$to.part"
    sync "$to.part"
    ;;
  open)
    # First whole: who takes what comes out of a damaged file before its end is known takes half of one.
    "$@" <"$from" >"$work/backup.tar"
    tar -C "$work" -xf "$work/backup.tar"
    mv "$work/backup" "$to.part"
    ;;
  *) usage ;;
esac
mv "$to.part" "$to"
