#!/usr/bin/env bash
# Installs what building needs and the machine lacks: cmake, libclang and a C++ compiler for HiGHS. Says in one message what it cannot install.
# `setup.sh readers` installs what `make check-files` opens exported files with; where that cannot be done, the check says that it is skipped.
set -euo pipefail

# Installs the programs of others that read our files.
install_readers() {
  local wanted=()
  command -v ogrinfo >/dev/null || wanted+=(gdal-bin)
  command -v soffice >/dev/null || wanted+=(libreoffice-calc)
  [ ${#wanted[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "setup: installing ${wanted[*]}" >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null && return 0
  fi
  echo "setup: could not install ${wanted[*]}; exported files will not be opened with them" >&2
}
if [ "${1:-}" = readers ]; then
  install_readers
  exit 0
fi

missing=()
command -v cmake >/dev/null || missing+=(cmake)
command -v c++ >/dev/null || missing+=(g++)

has_libclang() {
  local folder
  for folder in "${LIBCLANG_PATH:-}" /usr/lib/llvm-*/lib /usr/lib/*-linux-gnu /usr/lib64 /usr/lib /usr/local/lib /opt/homebrew/opt/llvm/lib /Library/Developer/CommandLineTools/usr/lib; do
    [ -n "$folder" ] && compgen -G "$folder/libclang.so*" >/dev/null && return 0
    [ -n "$folder" ] && compgen -G "$folder/libclang-*.so*" >/dev/null && return 0
    [ -n "$folder" ] && compgen -G "$folder/libclang.dylib" >/dev/null && return 0
  done
  return 1
}
has_libclang || missing+=(libclang-dev)

if ! command -v cargo >/dev/null; then
  echo "setup: cargo is missing; install the Rust toolchain (rustup) and run make again" >&2
  exit 1
fi
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
if command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; then
  echo "setup: installing ${missing[*]}" >&2
  if "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >&2; then
    exit 0
  fi
fi
echo "setup: building the HiGHS solver needs ${missing[*]} (Debian package names). Install them with your package manager and run make again." >&2
exit 1
