//! An exact cover search chooses a few candidates that cover every block once, within a budget of reduced cost.

/// A candidate: its blocks as bits, and by how much it raises the bound.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Number of the candidate.
    pub number: usize,
    /// Its blocks.
    pub blocks: Vec<u32>,
    /// What it adds to the bound, in fixed point; never below zero.
    pub adds: i128,
}

/// Searches all exact covers of `blocks` blocks by just `lots` choices.
pub struct CoverSearch<'a> {
    choices: &'a [Choice],
    of_block: Vec<Vec<usize>>,
    covered: Vec<bool>,
    chosen: Vec<usize>,
    lots: usize,
    steps: u64,
}

/// The search was too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl<'a> CoverSearch<'a> {
    /// A search that takes `steps` steps at most.
    pub fn new(blocks: usize, choices: &'a [Choice], lots: usize, steps: u64) -> Self {
        let mut of_block = vec![Vec::new(); blocks];
        for (index, choice) in choices.iter().enumerate() {
            choice
                .blocks
                .iter()
                .for_each(|&block| of_block[block as usize].push(index));
        }
        of_block
            .iter_mut()
            .for_each(|list| list.sort_by_key(|&index| (choices[index].adds, index)));
        Self {
            choices,
            of_block,
            covered: vec![false; blocks],
            chosen: Vec::new(),
            lots,
            steps,
        }
    }

    /// Calls `found` with the numbers of every cover whose choices add up to no more than the room; `found` gives the room from then on.
    ///
    /// # Errors
    /// If the steps are used up.
    pub fn run(&mut self, room: i128, found: &mut dyn FnMut(&[usize]) -> i128) -> Result<(), TooLong> {
        let mut room = room;
        self.descend(0, &mut room, found)
    }

    fn descend(
        &mut self,
        spent: i128,
        room: &mut i128,
        found: &mut dyn FnMut(&[usize]) -> i128,
    ) -> Result<(), TooLong> {
        self.steps = self.steps.checked_sub(1).ok_or(TooLong)?;
        let Some(open) = self.scarcest(*room - spent) else {
            if self.chosen.len() == self.lots {
                let numbers: Vec<usize> = self.chosen.iter().map(|&index| self.choices[index].number).collect();
                *room = found(&numbers);
            }
            return Ok(());
        };
        if self.chosen.len() == self.lots {
            return Ok(());
        }
        for index in open {
            let adds = self.choices[index].adds;
            if spent + adds > *room {
                break;
            }
            self.mark(index, true);
            let end = self.descend(spent + adds, room, found);
            self.mark(index, false);
            end?;
        }
        Ok(())
    }

    fn mark(&mut self, index: usize, covered: bool) {
        self.choices[index]
            .blocks
            .iter()
            .for_each(|&block| self.covered[block as usize] = covered);
        if covered {
            self.chosen.push(index);
        } else {
            self.chosen.pop();
        }
    }

    /// What can cover the open block with the fewest ways to cover it; `None` if all blocks are covered.
    fn scarcest(&self, left: i128) -> Option<Vec<usize>> {
        let mut best: Option<Vec<usize>> = None;
        for block in (0..self.covered.len()).filter(|&block| !self.covered[block]) {
            let most = best.as_ref().map_or(usize::MAX, Vec::len);
            let open = self.of_block[block]
                .iter()
                .copied()
                .take_while(|&index| self.choices[index].adds <= left);
            let open: Vec<usize> = open.filter(|&index| self.free(index)).take(most).collect();
            if open.len() < most {
                let none = open.is_empty();
                best = Some(open);
                if none {
                    break;
                }
            }
        }
        best
    }

    fn free(&self, index: usize) -> bool {
        !self.choices[index]
            .blocks
            .iter()
            .any(|&block| self.covered[block as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(number: usize, blocks: &[u32], adds: i128) -> Choice {
        Choice {
            number,
            blocks: blocks.to_vec(),
            adds,
        }
    }

    #[test]
    fn every_cover_within_the_room_is_found() {
        let choices = [
            choice(7, &[0, 1], 1),
            choice(8, &[2], 1),
            choice(9, &[0], 0),
            choice(10, &[1, 2], 3),
        ];
        let mut covers = Vec::new();
        let end = CoverSearch::new(3, &choices, 2, 1000).run(3, &mut |numbers| {
            covers.push(numbers.to_vec());
            3
        });
        covers.iter_mut().for_each(|cover| cover.sort_unstable());
        covers.sort();
        assert_eq!((end, covers), (Ok(()), vec![vec![7, 8], vec![9, 10]]));
    }

    #[test]
    fn covers_of_another_number_of_lots_do_not_count() {
        let choices = [choice(0, &[0], 0), choice(1, &[1], 0), choice(2, &[0, 1], 0)];
        let mut covers = Vec::new();
        let end = CoverSearch::new(2, &choices, 1, 1000).run(0, &mut |numbers| {
            covers.push(numbers.to_vec());
            0
        });
        assert_eq!((end, covers), (Ok(()), vec![vec![2]]));
    }
}
