# Sourced by testbeds/install.d/*: where beds live and how they get there.
#
# A bed script is executable, prints what it does, is quick when its bed is there, and looks like
#   source "$(dirname "$0")/../bed.sh"
#   need go 'Go 1.21 or newer'                     ends the script, saying what is missing
#   build() { … writes the tree into "$1" … }
#   install_bed NAME VERSION build                 -> $NSQL_OPS_TESTBEDS/NAME-VERSION
# install_bed takes a lock, builds into a temporary folder beside the final one and renames it:
# an interrupted or a concurrent install leaves nothing half done behind.

set -euo pipefail

export NSQL_OPS_TESTBEDS="${NSQL_OPS_TESTBEDS:-${XDG_CACHE_HOME:-$HOME/.cache}/nsql-ops/testbeds}"

say() { echo "  $*"; }

missing() {
  echo "  missing: $*" >&2
  exit 1
}

# need COMMAND WHAT-TO-INSTALL
need() {
  command -v "$1" >/dev/null || missing "'$1' is not on the PATH ($2)"
}

need_linux_x86_64() {
  [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || missing "this bed is built for Linux on x86_64 only"
}

# install_bed NAME VERSION BUILD-FUNCTION
# (Its variables have long names: a build function sees them, and must not stumble over them.)
install_bed() {
  local bed_id="$1-$2" bed_build=$3
  local bed_target="$NSQL_OPS_TESTBEDS/$bed_id"
  [ -e "$bed_target/.complete" ] && return 0
  need flock 'Debian package util-linux'
  mkdir -p "$NSQL_OPS_TESTBEDS"
  (
    flock 9
    [ -e "$bed_target/.complete" ] && exit 0
    rm -rf "$bed_target" "$NSQL_OPS_TESTBEDS/.$bed_id".*
    bed_temporary=$(mktemp -d "$NSQL_OPS_TESTBEDS/.$bed_id.XXXXXX")
    trap 'rm -rf "$bed_temporary"' EXIT
    trap 'exit 130' INT TERM
    chmod 755 "$bed_temporary"
    say "installing $bed_id"
    "$bed_build" "$bed_temporary"
    touch "$bed_temporary/.complete"
    mv -T "$bed_temporary" "$bed_target"
  ) 9>"$NSQL_OPS_TESTBEDS/.lock-$bed_id"
}

# go_build DIRECTORY VERSION-OF-GO PACKAGE OUTPUT [LDFLAGS]: builds inside the module in DIRECTORY, at low priority
go_build() {
  local directory=$1 toolchain=$2 package=$3 output=$4 ldflags=${5:-}
  (cd "$directory" && GOTOOLCHAIN=$toolchain GOFLAGS='-mod=mod -buildvcs=false' \
    nice go build -ldflags="-s -w $ldflags" -o "$output" "$package")
}

# apt_first NAME…: the first of these packages that this machine's sources have
apt_first() {
  local name
  for name in "$@"; do
    apt-cache show "$name" >/dev/null 2>&1 && { echo "$name"; return; }
  done
  echo "$1"
}

# apt_install PACKAGE…: as root, directly; anybody else is told what to ask for
apt_install() {
  command -v apt-get >/dev/null || missing "$* (and there is no apt-get here)"
  [ "$(id -u)" = 0 ] || missing "$*: apt-get install $*, as root"
  say "installing Debian packages: $*"
  local log
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  local install=(apt-get install -y -q --no-install-recommends "$@")
  "${install[@]}" >"$log" 2>&1 || { apt-get update -q >"$log" 2>&1 && "${install[@]}" >"$log" 2>&1; } ||
    { tail -5 "$log" >&2; rm -f "$log"; missing "$* could not be installed"; }
  rm -f "$log"
}

# unpack_debian RELEASE DIRECTORY PACKAGE…: packages of another Debian release and what they depend on, down to
# the C library, unpacked into DIRECTORY. Nothing is installed on the machine itself.
unpack_debian() {
  local release=$1 directory=$2
  shift 2
  need apt-get 'a Debian machine'
  need dpkg-deb 'a Debian machine'
  need_linux_x86_64
  local mirror
  mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "Debian" && $2 !~ /security/ { print $2; exit }')
  [ -n "$mirror" ] || missing "no Debian mirror among this machine's package sources (apt-get update first?)"

  local apt=$directory/.apt
  mkdir -p "$apt"/{lists/partial,cache/archives/partial,packages}
  : >"$apt/status"
  local keyring
  keyring=$(ls /usr/share/keyrings/debian-archive-keyring.* | head -1)
  echo "deb [signed-by=$keyring] $mirror $release main" >"$apt/sources.list"
  local options=(
    -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o "Dir::State::status=$apt/status"
    -o Acquire::Languages=none -o APT::Sandbox::User= -q
  )
  apt-get "${options[@]}" update >"$apt/log" 2>&1 || { tail -5 "$apt/log" >&2; missing "the package list of $release"; }
  local packages
  mapfile -t packages < <(apt-get "${options[@]}" -y --no-install-recommends --print-uris install "$@" |
    sed -n "s/^'[^']*' \([^_]*\)_.*/\1/p")
  [ ${#packages[@]} -gt 0 ] || missing "$* is not in $release"
  say "unpacking ${#packages[@]} packages"
  (cd "$apt/packages" && apt-get "${options[@]}" download "${packages[@]}" >>"$apt/log" 2>&1) ||
    { tail -5 "$apt/log" >&2; missing "the packages of $*"; }
  local package
  for package in "$apt"/packages/*.deb; do dpkg-deb -x "$package" "$directory"; done
  rm -rf "$apt"
}

# wrap_unpacked DIRECTORY PROGRAM…: DIRECTORY/bin gets a script for each of these programs of unpack_debian (such
# as usr/bin/x) that runs it on the C library unpacked with it, wherever DIRECTORY is moved to
wrap_unpacked() {
  local bin=$1/bin program
  shift
  mkdir -p "$bin"
  for program in "$@"; do
    cat >"$bin/${program##*/}" <<END
#!/bin/sh
bed=\$(dirname "\$(dirname "\$(readlink -f "\$0")")")
exec "\$bed/usr/lib64/ld-linux-x86-64.so.2" --library-path "\$bed/usr/lib/x86_64-linux-gnu" "\$bed/$program" "\$@"
END
    chmod 755 "$bin/${program##*/}"
  done
}
