#!/bin/sh
# Installs the pgvector extension into Debian's PostgreSQL, for the tests that need a real one.
#
# Does nothing where the extension is there already. Otherwise it must run as root on Debian: it builds the source package
# of a newer Debian release (12 has none) against the installed server, and installs PostgreSQL itself if it is missing.
# The mirror is the one that apt is configured with. Exits with 0 when the extension is installed.
set -eu

fail() {
    echo "install-pgvector: $*" >&2
    exit 1
}

newest_server() {
    for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -nr); do
        if [ -x "$bin/postgres" ]; then
            echo "$bin"
            return
        fi
    done
}

installed() {
    [ -n "$1" ] && [ -f "$(echo "$1" | sed 's|/usr/lib/|/usr/share/|; s|/bin$||')/extension/vector.control" ]
}

server=$(newest_server)
if installed "$server"; then
    exit 0
fi
[ "$(id -u)" = 0 ] || fail "needs root"
[ -f /etc/debian_version ] && command -v apt-get >/dev/null || fail "needs Debian"

export DEBIAN_FRONTEND=noninteractive
lists() {
    apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' 'Created-By: Packages'
}
[ -n "$(lists)" ] || apt-get -q update || fail "apt has no package lists and cannot fetch them"
mirror=$(lists | head -n 1)
[ -n "$mirror" ] || fail "apt is not configured with a Debian mirror"

needed=""
[ -n "$server" ] || needed="postgresql"
command -v make >/dev/null && command -v gcc >/dev/null || needed="$needed build-essential"
command -v dpkg-source >/dev/null || needed="$needed dpkg-dev"
if [ -n "$needed" ]; then
    # shellcheck disable=SC2086
    apt-get -q install -y --no-install-recommends $needed || fail "cannot install$needed"
    server=$(newest_server)
fi
if installed "$server"; then
    exit 0
fi
version=$(basename "$(dirname "$server")")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"

# The headers are unpacked beside the server, not installed: that could upgrade a server in use.
apt-get -q -o APT::Sandbox::User=root download "postgresql-server-dev-$version" "postgresql-client-$version" libpq-dev \
    || fail "cannot download the headers of PostgreSQL $version"
for package in ./*.deb; do
    dpkg -x "$package" headers
done
[ -x "headers/usr/lib/postgresql/$version/bin/pg_config" ] || cp "$server/pg_config" "headers/usr/lib/postgresql/$version/bin/pg_config"

# The newer release gets its own lists, so that apt's view of this machine stays as it is.
mkdir -p lists/partial
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" > sources.list
newer() {
    apt-get -q -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$work/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        -o APT::Sandbox::User=root "$@"
}
newer update && newer source pgvector || fail "cannot fetch the source package from $mirror"
cd pgvector-*/

make -s with_llvm=no OPTFLAGS="" PG_CONFIG="$work/headers/usr/lib/postgresql/$version/bin/pg_config" \
    || fail "pgvector does not build against PostgreSQL $version"
install -m 755 vector.so "/usr/lib/postgresql/$version/lib/vector.so"
install -m 644 vector.control sql/vector--*.sql "/usr/share/postgresql/$version/extension/"
echo "install-pgvector: installed for PostgreSQL $version"
