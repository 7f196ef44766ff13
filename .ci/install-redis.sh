#!/bin/sh
# Installs Redis' server program on Debian, for the tests of the shared cache. No service is started.
set -e
command -v redis-server >/dev/null 2>&1 && exit 0
[ "$(id -u)" = 0 ] || { echo "not root"; exit 1; }
command -v apt-get >/dev/null 2>&1 || { echo "not Debian"; exit 1; }
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
apt-get install -y -qq --no-install-recommends redis-server >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-server; }
