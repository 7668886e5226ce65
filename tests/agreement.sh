#!/bin/sh
# Three independent verifiers (Rust, Python, JavaScript) must give the same verdict on every file of a corpus.
# Usage: tests/agreement.sh DIR N [SEED]; DIR is made if it is not there. Fails on any difference.
set -eu
dir=$1 count=$2 seed=${3:-1}
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
cd "$root"

began=$(date +%s)
cargo run --quiet -p journal --example proof_corpus -- "$dir" "$count" "$seed"
echo "rust: $(($(date +%s) - began)) s, corpus included"
cut -f 1,2 "$dir/expected.tsv" > "$dir/list.tsv"
cut -f 3 "$dir/expected.tsv" > "$dir/rust.txt"

began=$(date +%s)
python3 docs/verify.py --batch < "$dir/list.tsv" > "$dir/python.txt"
echo "python: $(($(date +%s) - began)) s"

began=$(date +%s)
node tests/verify_batch.mjs < "$dir/list.tsv" > "$dir/javascript.txt"
echo "javascript: $(($(date +%s) - began)) s"

paste "$dir/rust.txt" "$dir/python.txt" "$dir/javascript.txt" "$dir/expected.tsv" > "$dir/all.tsv"
echo "verdicts (0 valid, 1 invalid, 2 unreadable, 3 no key):"
sort "$dir/rust.txt" | uniq -c
differing=$(awk -F '\t' '$1 != $2 || $1 != $3' "$dir/all.tsv")
if [ -n "$differing" ]; then
    echo "verdicts differ (rust, python, javascript, path, key, rust again, story):"
    echo "$differing" | head -50
    exit 1
fi
echo "all agree on $(wc -l < "$dir/expected.tsv") files"
