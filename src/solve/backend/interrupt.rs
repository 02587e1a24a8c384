//! Lets a watcher stop HiGHS while it runs, through the solver's own callback.
//!
//! This is the only unsafe code of the solving modules: the binding offers no safe form of the callback.

use super::BackendError;
use crate::domain::Watcher;
use highs::Model;
use highs_sys as sys;
use std::ffi::{c_char, c_int, c_void};

/// Asks `watcher` from inside HiGHS whether to go on.
///
/// The guard lends the watcher to the solver through a raw pointer, so it must outlive the run; [`Interrupt::attach`] borrows the
/// watcher for as long as the guard lives, and the caller keeps the guard until the run is over.
/// A model that runs again is attached to a new guard before each run; between runs HiGHS asks nobody.
pub struct Interrupt<'a> {
    asked: Box<Asked<'a>>,
}

/// What the callback asks: a reference to a trait object is two words wide, and the callback takes one.
struct Asked<'a> {
    watcher: &'a dyn Watcher,
}

impl<'a> Interrupt<'a> {
    /// A guard that asks `watcher`.
    pub fn new(watcher: &'a dyn Watcher) -> Self {
        Self {
            asked: Box::new(Asked { watcher }),
        }
    }

    /// Sets the callback on `model`.
    ///
    /// # Errors
    /// If HiGHS refuses the callback.
    pub fn attach(&self, model: &mut Model) -> Result<(), BackendError> {
        let data: *const Asked<'_> = &raw const *self.asked;
        // SAFETY: the model owns a live HiGHS instance; `ask` has the signature that HiGHS declares and reads `data` as the type it has here.
        let status = unsafe { sys::Highs_setCallback(model.as_mut_ptr(), Some(ask), data.cast_mut().cast()) };
        accepted(status)?;
        let kinds = [
            sys::kHighsCallbackSimplexInterrupt,
            sys::kHighsCallbackIpmInterrupt,
            sys::kHighsCallbackMipInterrupt,
        ];
        for kind in kinds {
            // SAFETY: as above; the kinds are constants of the same library.
            accepted(unsafe { sys::Highs_startCallback(model.as_mut_ptr(), kind) })?;
        }
        Ok(())
    }
}

fn accepted(status: sys::HighsInt) -> Result<(), BackendError> {
    if status == sys::STATUS_ERROR {
        return Err(BackendError {
            message: "the callback was refused".into(),
        });
    }
    Ok(())
}

/// Called by HiGHS between steps of its work.
unsafe extern "C" fn ask(
    _kind: c_int,
    _message: *const c_char,
    _out: *const sys::HighsCallbackDataOut,
    input: *mut sys::HighsCallbackDataIn,
    data: *mut c_void,
) {
    if input.is_null() || data.is_null() {
        return;
    }
    // SAFETY: `data` is the pointer that `attach` handed over, and its guard lives until the run is over.
    let asked = unsafe { &*data.cast::<Asked<'_>>() };
    // A panic must not cross into C++: a watcher that panics stops the run.
    let stop = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| asked.watcher.cancelled())).unwrap_or(true);
    // SAFETY: HiGHS passes a valid record for the length of this call.
    unsafe { (*input).user_interrupt = c_int::from(stop) };
}
