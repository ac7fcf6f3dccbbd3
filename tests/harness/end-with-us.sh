#!/bin/sh
# watch <us> <other> [folder]: when we are gone, end the other one (if it still is the one we knew) and remove its folder.
other=$2
while kill -0 "$1" 2>/dev/null; do
  [ -z "$other" ] || kill -0 "$other" 2>/dev/null || other=
  [ -n "$other$3" ] || exit 0
  sleep 1
done
if [ -n "$other" ]; then
  kill -INT "$other" 2>/dev/null
  sleep 2
  kill -KILL "$other" 2>/dev/null
fi
[ -z "$3" ] || rm -rf -- "$3"
