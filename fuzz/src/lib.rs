//! What the fuzz targets share, and the modules of the program that read: the rest of it, with its solver, need not be built for the fuzzer.

extern crate self as lotwright;

#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/geo/mod.rs"]
pub mod geo;
#[path = "../../src/io/mod.rs"]
pub mod io;
pub mod readers;

/// Runs a reader on one input. Inputs of another kind are not kept, so that a corpus stays one of its own format.
pub fn run(reader: readers::Reader, bytes: &[u8]) -> libfuzzer_sys::Corpus {
    if reader(bytes) {
        libfuzzer_sys::Corpus::Keep
    } else {
        libfuzzer_sys::Corpus::Reject
    }
}

/// Lets a panic unwind, as it does in the program: the reader of workbooks catches those of the crate below it. One that leaves a reader still ends the fuzzer.
pub fn unwind_on_panic() {
    std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
}
