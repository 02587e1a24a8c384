#!/usr/bin/env bash
# Installs what building needs and the machine lacks: cmake, libclang and a C++ compiler for HiGHS; with `web`, what the page of the workbench is built
# and tested with: node, npm and chromium; with `readers`, what `make check-files` opens exported files with. Says in one message what it cannot install.
set -euo pipefail

has_libclang() {
  local folder
  for folder in "${LIBCLANG_PATH:-}" /usr/lib/llvm-*/lib /usr/lib/*-linux-gnu /usr/lib64 /usr/lib /usr/local/lib /opt/homebrew/opt/llvm/lib /Library/Developer/CommandLineTools/usr/lib; do
    [ -n "$folder" ] && compgen -G "$folder/libclang.so*" >/dev/null && return 0
    # The C++ library libclang-cpp is another one, and often there alone.
    [ -n "$folder" ] && compgen -G "$folder/libclang-[0-9]*.so*" >/dev/null && return 0
    [ -n "$folder" ] && compgen -G "$folder/libclang.dylib" >/dev/null && return 0
  done
  return 1
}

# apt PACKAGE...: installs Debian packages, if that can be done here.
apt() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  if command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; then
    echo "setup: installing $*" >&2
    "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
  else
    return 1
  fi
}

# install PURPOSE PACKAGE...: installs Debian packages, or says what is needed and for what.
install() {
  local purpose=$1
  shift
  [ $# -eq 0 ] && return 0
  apt "$@" && return 0
  echo "setup: $purpose needs $* (Debian package names). Install them with your package manager and run make again." >&2
  exit 1
}

for_building() {
  local missing=()
  command -v cmake >/dev/null || missing+=(cmake)
  command -v c++ >/dev/null || missing+=(g++)
  has_libclang || missing+=(libclang-dev)
  if ! command -v cargo >/dev/null; then
    echo "setup: cargo is missing; install the Rust toolchain (rustup) and run make again" >&2
    exit 1
  fi
  install "building the HiGHS solver" "${missing[@]}"
}

# Users of the program need none of these: the built page is committed.
for_the_page() {
  local missing=()
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || missing+=(chromium fonts-liberation)
  install "building and testing the page of the workbench" "${missing[@]}"
}

# Where these cannot be installed, the check says that it is skipped.
for_reading_files() {
  local missing=()
  command -v ogrinfo >/dev/null || missing+=(gdal-bin)
  command -v soffice >/dev/null || missing+=(libreoffice-calc)
  [ ${#missing[@]} -eq 0 ] || apt "${missing[@]}" || echo "setup: could not install ${missing[*]}; exported files will not be opened with them" >&2
}

case "${1:-}" in
  readers) for_reading_files ;;
  web) for_the_page ;;
  *) for_building ;;
esac
