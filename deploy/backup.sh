#!/bin/bash
# One backup, encrypted with age, as $1/mimosa-<moment>.backup.gz.age; those older than KEEP_DAYS go after it (docs/running.md).
#   backup.sh FOLDER RECIPIENTS    RECIPIENTS: a file of public keys, from "age-keygen -y"
set -euo pipefail
umask 077
file="$1/mimosa-$(date -u +%Y-%m-%dT%H%M%SZ).backup.gz.age"
trap 'rm -f "$file.part"' EXIT
node "$(dirname "$0")/../scripts/backup.mjs" - | age -R "$2" -o "$file.part"
# Only what is whole and on the disk gets its name.
sync "$file.part"
mv "$file.part" "$file"
find "$1" -maxdepth 1 -name 'mimosa-*' -mtime "+${KEEP_DAYS:-30}" -delete
echo "$file"
