//! What the colours of the page's map show, where they show no lots: a measure in classes, or what moved.

use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::export::{OPENED, no_look};
use super::{Desk, DeskError, MapAsked};
use crate::app::load::Case;
use crate::app::plans::Judged;
use crate::report::svg::{Look, Moves, Shading};

/// What is drawn, ready to be looked at in other colours while the desk is worked on.
pub struct Looking {
    case: Arc<Case>,
    given: Judged,
    /// File and name of the plan before.
    before: Option<(PathBuf, String)>,
    show: String,
    /// For every lot of the desk its index in the plan; `None` where it is empty.
    in_plan: Vec<Option<usize>>,
}

/// The colours of a map, with what they mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LookSeen {
    /// What is shown, in words.
    title: String,
    /// `area` or `lot`: what the classes are of; `moved` where they tell what moved.
    of: &'static str,
    /// Classes, the least first.
    classes: Vec<ClassSeen>,
    /// For every area or lot its class; `None` where no figure is known, or where an area stays.
    class_of: Vec<Option<usize>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct ClassSeen {
    /// Its colour; `None` for that of the lot.
    fill: Option<&'static str>,
    words: String,
    count: usize,
}

impl Desk {
    /// What is drawn, ready to be looked at.
    ///
    /// # Errors
    /// A plan before that is not there; a plan that cannot be written, which is the program's own fault.
    pub fn look(&self, asked: MapAsked) -> Result<Looking, DeskError> {
        let before = asked.moved_from.as_deref().map(|key| {
            let name = match key {
                OPENED => "the plan as opened".into(),
                key => format!("the baseline {}", self.baseline(key)?.name),
            };
            Ok::<_, DeskError>((self.file_before(key)?, name))
        });
        let judged = super::state::Judgement::of(&self.case, &self.board);
        Ok(Looking {
            case: Arc::clone(&self.case),
            given: self.given(&self.case)?,
            before: before.transpose()?,
            show: asked.show.unwrap_or_else(|| "lots".into()),
            in_plan: self
                .board
                .lots_there()
                .into_iter()
                .map(|lot| judged.in_plan[lot])
                .collect(),
        })
    }
}

impl Looking {
    /// The colours with what they mean.
    ///
    /// # Errors
    /// A measure that is not there.
    pub fn seen(self) -> Result<LookSeen, DeskError> {
        if let Some((file, name)) = &self.before {
            let before = self.case.read_plan(file)?;
            let look = self.case.look_of_moves(&before, &self.given, [name, "your plan"]);
            return match look {
                Look::Moved(moves) => Ok(self.moved(&moves)),
                _ => Err(DeskError::Own("moves look like something else".into())),
            };
        }
        match self.case.look(&self.show, &self.given).map_err(no_look)? {
            Look::Shaded(shading) => Ok(self.shaded(shading)),
            _ => Err(no_look("name a measure: lots need no classes".into())),
        }
    }

    fn shaded(&self, shading: Shading) -> LookSeen {
        let class_of = match shading.measured.by_lot {
            false => shading.of,
            true => self.in_plan.iter().map(|lot| shading.of[(*lot)?]).collect(),
        };
        let classes = shading.classes.into_iter().map(|class| ClassSeen {
            fill: Some(class.fill),
            words: class.words,
            count: class.count,
        });
        LookSeen {
            classes: classes.collect(),
            class_of,
            of: if shading.measured.by_lot { "lot" } else { "area" },
            title: shading.measured.title,
        }
    }

    fn moved(&self, moves: &Moves) -> LookSeen {
        let mut class_of = vec![None; self.case.problem.areas().len()];
        for moved in &moves.areas {
            class_of[moved.area] = Some(0);
        }
        LookSeen {
            title: moves.words(),
            of: "moved",
            classes: vec![ClassSeen {
                fill: None,
                words: "moved, in the colour of its lot now".into(),
                count: moves.areas.len(),
            }],
            class_of,
        }
    }
}
