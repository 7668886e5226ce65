#!/bin/sh
# Makes a store for `bench --store FOLDER`: the demo, and beside it so many made-up cases with the
# shapes of the real set.
#   bench/store.sh FOLDER CASES
# OKNO and BENCH name binaries; without them those of a release build are used. SET keeps what was
# made for a second time.
set -eu
folder=$1
cases=$2
okno=${OKNO:-target/release/okno}
bench=${BENCH:-target/release/bench}
set_of=${SET:-$folder/set}
mkdir -p "$folder"
test ! -e "$folder/data" || { echo "$folder holds a store already" >&2; exit 1; }
test -e "$set_of/appeals.csv.gz" || "$bench" synthetic --cases "$cases" --out "$set_of"

# The demo is founded at a first start.
place="--data $folder/data --keys $folder/keys"
"$okno" serve $place --listen 127.0.0.1:0 2>"$folder/founding.log" &
server=$!
for _ in $(seq 600); do
  grep -q 'Okno listens' "$folder/founding.log" && break
  kill -0 $server || { cat "$folder/founding.log" >&2; exit 1; }
  sleep 0.1
done
kill -TERM $server
wait $server || true

"$okno" import appeals "$set_of" $place --report "$folder/import.json"
test -n "${SET:-}" || rm -r "$set_of"
du -sh "$folder"
