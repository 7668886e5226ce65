#!/bin/sh
# Measures the import of a portal's tables and the way out and in again, on a release build:
#   bench/import.sh SET [postgres://user@host:port]
# SET holds appeals.csv.gz and its companions. With a cluster the same is done on PostgreSQL, in
# databases of its own that are made anew. Prints wall and processor time: on a machine with other
# work the second is what counts.
set -eu
set_of=$1
cluster=${2:-}
okno=${OKNO:-target/release/okno}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
timed='  wall %e s, processor %U + %S s, %M kB at the most'

founded() {
  timeout 3 "$okno" serve --bare --data "$1" --keys "$1.keys" --listen 127.0.0.1:18931 2>"$1.log" || true
  printf 'long enough pass phrase' | "$okno" user add --email admin@example.org \
    --role administrator --name 'Ivanov Ivan' --password-stdin --data "$1" --keys "$1.keys" >/dev/null
}
imported() {
  founded "$1"
  env time -f "$timed" "$okno" import appeals "$set_of" --data "$1" --keys "$1.keys" \
    --report "$1.json" 2>"$1.err"
  tail -1 "$1.err"
}
exported() {
  env time -f "$timed" "$okno" export "$2" --personal --operator admin@example.org \
    --reason 'A measurement of the export' --data "$1" --keys "$1.keys" 2>&1 | tail -2
}
fresh() {
  psql "$cluster/postgres" -qc "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1"
}

uptime
echo "SQLite, in:"
imported "$place/a"
echo "findable after a start:"
timeout 60 "$okno" serve --data "$place/a" --keys "$place/a.keys" --listen 127.0.0.1:18931 \
  2>"$place/find" || true
grep -o 'every case can be found.*' "$place/find"
echo "SQLite, out:"
exported "$place/a" "$place/out"
if [ -n "$cluster" ]; then
  fresh okno_bench_a
  echo "PostgreSQL, in:"
  OKNO_DATABASE_URL="$cluster/okno_bench_a" imported "$place/p"
  fresh okno_bench_b
  export OKNO_DATABASE_URL="$cluster/okno_bench_b"
fi
echo "the export, in again:"
env time -f "$timed" "$okno" import cases "$place/out" --data "$place/b" --keys "$place/b.keys" 2>"$place/err"
tail -1 "$place/err"
uptime
