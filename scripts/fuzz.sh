#!/usr/bin/env bash
# Fuzzes every reader, or those that are named, for some seconds each: scripts/fuzz.sh SECONDS [READER…]
# Needs a nightly compiler; `cargo-fuzz` itself is not needed, and works on the same folder.
set -euo pipefail
seconds=${1:?"how many seconds a reader"}
shift
cd "$(dirname "$0")/.."
LOTWRIGHT_SEEDS="$PWD/fuzz/corpus" cargo test --release --locked --quiet --test readers seeds_are_written >/dev/null

cd fuzz
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for file in fuzz_targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
fi

host=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0 \
-Zsanitizer=address -Cdebug-assertions --cfg fuzzing"
cargo +nightly build --release --target "$host"

# Freed memory is kept aside to find its use; more than this would count against the limit of what a reader may take. SQLite, which is compiled with the
# sanitizer too, has two tables of one name in it, which is no fault.
export ASAN_OPTIONS=quarantine_size_mb=32:detect_leaks=0:detect_odr_violation=0
for target in "${targets[@]}"; do
    mkdir -p "artifacts/$target"
    echo "== $target: $seconds s"
    # At most 10 s an input, 1 GB in all, and 64 KB an input: what a reader does wrong, it does on a small file too.
    "target/$host/release/$target" "corpus/$target" -artifact_prefix="artifacts/$target/" -dict=dictionary.txt \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -malloc_limit_mb=1024 -max_len=65536 \
        -print_final_stats=1 2>"artifacts/$target/log" || { tail -40 "artifacts/$target/log"; exit 1; }
    grep -E "^stat::" "artifacts/$target/log"
done
