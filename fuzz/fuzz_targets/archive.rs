#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use lotwright_fuzz::{readers, run, unwind_on_panic};

fuzz_target!(init: unwind_on_panic(), |bytes: &[u8]| -> Corpus { run(readers::archive, bytes) });
