//! The files of `--out`: plan, tables, shapes, map and report, all from one answer and one verified plan.

use super::load::Case;
use crate::io::plan;
use crate::report::{self, Answer};
use crate::verify::VerifiedPlan;
