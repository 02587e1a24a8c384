//! What the fuzz targets share.

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
