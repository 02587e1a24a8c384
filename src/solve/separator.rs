//! Separators: why blocks that do not hang together cannot be a lot, as a set of blocks one of which must join them.

use std::collections::VecDeque;

/// The blocks next to `part` that part it from `other`, sorted: every connected set that holds a block of `part` and `other` holds one of them, and no block of
/// them can be spared. Empty where no path leads from `part` to `other`.
///
/// `part` must hang together, and `other` must be outside it and not next to it.
pub fn separator(neighbours: &[Vec<u32>], part: &[u32], other: u32) -> Vec<u32> {
    const FREE: u8 = 0;
    const PART: u8 = 1;
    const NEXT: u8 = 2;
    const REACHED: u8 = 3;
    const NEEDED: u8 = 4;
    let mut mark = vec![FREE; neighbours.len()];
    part.iter().for_each(|&block| mark[block as usize] = PART);
    for &near in part.iter().flat_map(|&block| &neighbours[block as usize]) {
        if mark[near as usize] == FREE {
            mark[near as usize] = NEXT;
        }
    }
    let mut needed = Vec::new();
    let mut queue = VecDeque::from([other]);
    mark[other as usize] = REACHED;
    while let Some(block) = queue.pop_front() {
        for &near in &neighbours[block as usize] {
            match mark[near as usize] {
                FREE => {
                    mark[near as usize] = REACHED;
                    queue.push_back(near);
                }
                NEXT => {
                    mark[near as usize] = NEEDED;
                    needed.push(near);
                }
                _ => {}
            }
        }
    }
    needed.sort_unstable();
    needed
}

/// The connected parts of a set of blocks, in order of their first block.
pub fn parts(neighbours: &[Vec<u32>], blocks: &[u32]) -> Vec<Vec<u32>> {
    let mut left: Vec<u32> = blocks.to_vec();
    left.sort_unstable();
    let mut seen = vec![false; left.len()];
    let mut found = Vec::new();
    for start in 0..left.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut part = vec![left[start]];
        let mut next = 0;
        while next < part.len() {
            for near in &neighbours[part[next] as usize] {
                if let Ok(at) = left.binary_search(near)
                    && !std::mem::replace(&mut seen[at], true)
                {
                    part.push(*near);
                }
            }
            next += 1;
        }
        part.sort_unstable();
        found.push(part);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0 - 1 - 2 - 3, with 1 - 4 - 3 beside it and 5 behind 0.
    fn graph() -> Vec<Vec<u32>> {
        vec![vec![1, 5], vec![0, 2, 4], vec![1, 3], vec![2, 4], vec![1, 3], vec![0]]
    }

    #[test]
    fn what_lies_between_parts_and_nothing_else_does() {
        assert_eq!(separator(&graph(), &[0], 3), [1]);
        assert_eq!(separator(&graph(), &[3], 0), [2, 4]);
        assert_eq!(separator(&graph(), &[0, 1], 3), [2, 4]);
    }

    #[test]
    fn without_a_path_nothing_can_join() {
        assert_eq!(separator(&[vec![], vec![]], &[0], 1), Vec::<u32>::new());
    }

    #[test]
    fn parts_are_found_in_order() {
        assert_eq!(parts(&graph(), &[5, 3, 2, 0]), [vec![0, 5], vec![2, 3]]);
    }
}
