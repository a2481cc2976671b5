# shellcheck shell=bash
# Shared by ./run and ./test: what both check, install and build. Sourced from the project's root.

set -euo pipefail

# Enough for the app; what drives its window on a virtual screen is asked for besides.
BUILD_PACKAGES=(build-essential pkg-config libwebkit2gtk-4.1-dev)
DRIVER_PACKAGES=(xvfb webkit2gtk-driver)

say() { printf '\n== %s\n' "$*"; }

fail() {
  printf '\n%s\n' "$@" >&2
  exit 1
}

# at_least WANTED FOUND: FOUND is that version or a later one.
at_least() { [[ "$(printf '%s\n' "$1" "$2" | sort -V | head -n1)" == "$1" ]]; }

check_rust() {
  local wanted found
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  [[ -x "$HOME/.cargo/bin/cargo" ]] && PATH="$HOME/.cargo/bin:$PATH"
  command -v cargo >/dev/null ||
    fail "Rust is missing. Install Rust $wanted or later (https://rustup.rs), then run this again."
  found=$(rustc --version | cut -d' ' -f2)
  at_least "$wanted" "$found" ||
    fail "Rust $found is too old: Millrace needs $wanted or later. Run \`rustup update stable\`."
}

check_node() {
  local wanted=20.19.0 found
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail "Node.js is missing. Install Node $wanted or later with npm (https://nodejs.org), then run this again."
  found=$(node --version)
  at_least "$wanted" "${found#v}" ||
    fail "Node $found is too old: Millrace needs $wanted or later (https://nodejs.org)."
}

is_installed() { [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]; }

# Debian packages that are not there yet; a machine that has them all needs no network.
system_packages() {
  command -v dpkg-query >/dev/null || return 0
  local package missing=() as_root=()
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      fail "These packages are missing: ${missing[*]}" "Install them as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get)
  "${apt[@]}" update -qq || true
  "${apt[@]}" install -y -qq --no-install-recommends "${missing[@]}" && return
  "${apt[@]}" -f install -y -qq
  "${apt[@]}" install -y -qq --no-install-recommends "${missing[@]}"
}

# A digest of the names and contents of files.
digest() { find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }

# changed STAMP DIGEST: the stamp does not hold that digest.
changed() { [[ ! -f "$1" || "$(<"$1")" != "$2" ]]; }

# The window's packages, exactly as locked.
ui_packages() {
  local stamp=ui/node_modules/.millrace-packages now
  now=$(digest ui/package.json ui/package-lock.json)
  changed "$stamp" "$now" || return 0
  say "Installing the window's packages"
  (cd ui && npm ci --no-audit --no-fund --loglevel=error)
  echo "$now" >"$stamp"
}

# The window's files. Built only when a source changed: a new ui/dist makes cargo build the app again.
ui_build() {
  local stamp=ui/node_modules/.millrace-build now sources=(ui/src ui/index.html ui/*.json ui/*.config.*)
  [[ -d ui/public ]] && sources+=(ui/public)
  now=$(digest "${sources[@]}")
  if [[ -f ui/dist/index.html ]] && ! changed "$stamp" "$now"; then return 0; fi
  say "Building the window's files"
  rm -f "$stamp"
  (cd ui && npm run build --silent)
  echo "$now" >"$stamp"
}
