//! A Colouring gives every lot a colour that none of its neighbours has.

/// The palette of the Government Analysis Function, dark and light by turns.
pub const PALETTE: [&str; 6] = ["#12436D", "#F46A25", "#801650", "#28A197", "#A285D1", "#3D3D3D"];

/// Whether the colour of that index is dark, so that text on it has to be white.
pub fn is_dark(colour: usize) -> bool {
    matches!(colour % PALETTE.len(), 0 | 2 | 5)
}

/// The colour of text on the colour of that index, with a contrast of at least 4.5 to 1.
pub fn ink(colour: usize) -> &'static str {
    if is_dark(colour) { "#FFFFFF" } else { "#0B0C0C" }
}

/// Colours of the lots, as indices into [`PALETTE`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colouring {
    /// One colour a lot.
    pub of: Vec<usize>,
    /// Pairs of neighbours with one colour: empty unless six colours did not suffice.
    pub clashes: Vec<(usize, usize)>,
}

/// Colours `lots` lots so that `neighbours` (pairs of indices) differ.
///
/// The lot with the most colours around it comes first (Brélaz 1979); it takes a free colour, best one of the other luminance
/// than its neighbours, then the one used least so far. Lots on a plane, each in one piece, need four colours at most, so six suffice with
/// room to choose. Lots in many pieces may need more: such a lot takes the colour that fewest neighbours have, the pair is told
/// in `clashes`, and the white outline and the label keep them apart.
pub fn colouring(lots: usize, neighbours: &[(usize, usize)]) -> Colouring {
    continued(&vec![None; lots], neighbours)
}

/// Colours lots of which some should keep a colour they had before: each keeps it unless a neighbour before it in order keeps the same; the others
/// are coloured as by [`colouring`].
pub fn continued(wished: &[Option<usize>], neighbours: &[(usize, usize)]) -> Colouring {
    let lots = wished.len();
    let around = lists(lots, neighbours);
    let mut kept: Vec<Option<usize>> = vec![None; lots];
    for (lot, colour) in wished.iter().enumerate() {
        kept[lot] = colour.filter(|colour| around[lot].iter().all(|&other| kept[other] != Some(*colour)));
    }
    let of = colouring_with(&kept, neighbours);
    let pairs = around
        .iter()
        .enumerate()
        .flat_map(|(a, list)| list.iter().map(move |&b| (a, b)));
    let clashes = pairs.filter(|&(a, b)| a < b && of[a] == of[b]).collect();
    Colouring { of, clashes }
}

/// A colour for a lot that is added: one that none of the colours `around` it is, best of the other luminance, then the one `used` least.
pub fn free_colour(around: &[usize], used: &[usize]) -> usize {
    let mut times = [0; PALETTE.len()];
    for &colour in used {
        times[colour % PALETTE.len()] += 1;
    }
    let chosen: Vec<Option<usize>> = around.iter().copied().map(Some).collect();
    let places: Vec<usize> = (0..around.len()).collect();
    best_colour(&places, &chosen, &times)
}

/// As [`colouring`], where some lots have a colour that stays.
pub fn colouring_with(fixed: &[Option<usize>], neighbours: &[(usize, usize)]) -> Vec<usize> {
    let around = lists(fixed.len(), neighbours);
    let (mut chosen, mut used) = (fixed.to_vec(), [0usize; PALETTE.len()]);
    for &colour in fixed.iter().flatten() {
        used[colour] += 1;
    }
    while let Some(lot) = most_constrained(&around, &chosen) {
        let colour = best_colour(&around[lot], &chosen, &used);
        chosen[lot] = Some(colour);
        used[colour] += 1;
    }
    chosen.into_iter().map(Option::unwrap_or_default).collect()
}

fn lists(lots: usize, neighbours: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut around = vec![Vec::new(); lots];
    for &(a, b) in neighbours.iter().filter(|&&(a, b)| a != b && a < lots && b < lots) {
        around[a].push(b);
        around[b].push(a);
    }
    for list in &mut around {
        list.sort_unstable();
        list.dedup();
    }
    around
}

/// The lot without a colour that has the most colours around it, then the most neighbours, then the least index.
fn most_constrained(around: &[Vec<usize>], chosen: &[Option<usize>]) -> Option<usize> {
    let saturation = |lot: usize| {
        let seen = around[lot]
            .iter()
            .filter_map(|&n| chosen[n])
            .fold(0u32, |seen, colour| seen | 1 << colour);
        seen.count_ones()
    };
    let open = (0..chosen.len()).filter(|&lot| chosen[lot].is_none());
    open.max_by_key(|&lot| (saturation(lot), around[lot].len(), usize::MAX - lot))
}

fn best_colour(around: &[usize], chosen: &[Option<usize>], used: &[usize; PALETTE.len()]) -> usize {
    let taken = |colour: usize| around.iter().filter(|&&n| chosen[n] == Some(colour)).count();
    let alike = |colour: usize| {
        let others = around.iter().filter_map(|&n| chosen[n]);
        others.filter(|&other| is_dark(other) == is_dark(colour)).count()
    };
    // Charcoal comes last among equals: it is the one colour that may be taken for land outside.
    (0..PALETTE.len())
        .min_by_key(|&c| (taken(c), alike(c), used[c], c))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pairs of touching cells of a board of `width` by `height`, corners included on one diagonal.
    fn board(width: usize, height: usize) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
            let here = y * width + x;
            if x + 1 < width {
                pairs.push((here, here + 1));
            }
            if y + 1 < height {
                pairs.push((here, here + width));
            }
            if x + 1 < width && y + 1 < height {
                pairs.push((here, here + width + 1));
            }
        }
        pairs
    }

    #[test]
    fn neighbours_on_a_triangulated_board_differ() {
        let pairs = board(20, 15);
        let found = colouring(300, &pairs);
        assert_eq!(found.clashes, Vec::new());
        assert!(pairs.iter().all(|&(a, b)| found.of[a] != found.of[b]));
    }

    #[test]
    fn a_colour_that_is_given_stays_and_others_keep_clear_of_it() {
        let pairs = board(6, 5);
        let fixed: Vec<Option<usize>> = (0..30).map(|lot| (lot % 7 == 0).then_some(lot % 6)).collect();
        let found = colouring_with(&fixed, &pairs);
        assert!(
            fixed
                .iter()
                .zip(&found)
                .all(|(fixed, found)| fixed.is_none_or(|fixed| fixed == *found))
        );
        let clear = |&(a, b): &(usize, usize)| found[a] != found[b] || fixed[a].is_some() && fixed[b].is_some();
        assert!(pairs.iter().all(clear));
    }

    #[test]
    fn a_lot_that_is_added_takes_a_colour_that_none_around_it_has() {
        assert_eq!(free_colour(&[0, 1, 2, 3, 4], &[0, 1, 2, 3, 4, 5, 5]), 5);
        assert!(is_dark(free_colour(&[1], &[1])));
        assert_eq!(free_colour(&[], &[]), 0);
    }

    #[test]
    fn two_neighbours_differ_in_luminance() {
        let found = colouring(2, &[(0, 1)]);
        assert_ne!(is_dark(found.of[0]), is_dark(found.of[1]));
    }

    #[test]
    fn seven_mutual_neighbours_leave_one_clash_that_is_told() {
        let pairs: Vec<(usize, usize)> = (0..7).flat_map(|a| (0..a).map(move |b| (b, a))).collect();
        assert_eq!(colouring(7, &pairs).clashes.len(), 1);
        let six: Vec<(usize, usize)> = pairs.into_iter().filter(|&(_, b)| b < 6).collect();
        assert_eq!(colouring(6, &six).clashes.len(), 0);
    }

    #[test]
    fn lots_keep_their_colours_unless_neighbours_wish_the_same() {
        let found = continued(&[Some(4), Some(4), None, Some(2)], &[(0, 1), (1, 2)]);
        assert_eq!((found.of[0], found.of[3]), (4, 2));
        assert!(found.of[1] != 4 && found.of[2] != found.of[1] && found.clashes.is_empty());
    }

    proptest! {
        #[test]
        fn lots_with_fewer_than_six_neighbours_never_clash(pairs in proptest::collection::vec((0usize..30, 0usize..30), 0..60)) {
            let mut degree = [0; 30];
            let mut kept = Vec::new();
            for (a, b) in pairs {
                if a != b && degree[a] < 5 && degree[b] < 5 {
                    degree[a] += 1;
                    degree[b] += 1;
                    kept.push((a, b));
                }
            }
            let found = colouring(30, &kept);
            prop_assert!(kept.iter().all(|&(a, b)| found.of[a] != found.of[b]));
            prop_assert!(found.clashes.is_empty());
        }
    }
}
