//! A Paper is what a map is laid out for: a screen, a sheet, or a slide.

/// What a map is laid out for. Layouts are in pixels: of 1/96 inch on sheets, so that small print is 9 points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// A page as long as it needs to be, 1200 pixels wide.
    #[default]
    Screen,
    /// A sheet of A4, upright or across, whichever shows the map larger.
    A4,
    /// A sheet of A3, upright or across, whichever shows the map larger.
    A3,
    /// A slide of 16 to 9, 13.33 inches wide.
    Slide,
}

impl Paper {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Screen, Self::A4, Self::A3, Self::Slide];

    /// Its word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::Slide => "slide",
        }
    }

    /// The paper of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.word() == word)
    }

    /// Width and height of its sheets in pixels of the layout; none where the page is as long as it needs to be.
    pub fn sheets(self) -> &'static [(f64, f64)] {
        match self {
            Self::Screen => &[],
            Self::A4 => &[(1122.5, 793.7), (793.7, 1122.5)],
            Self::A3 => &[(1587.4, 1122.5), (1122.5, 1587.4)],
            Self::Slide => &[(3200.0 / 3.0, 600.0)],
        }
    }

    /// Points (1/72 inch) to a pixel of the layout.
    pub fn points_per_px(self) -> f64 {
        match self {
            Self::Screen | Self::A4 | Self::A3 => 0.75,
            Self::Slide => 0.9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_the_size_of_their_norm() {
        let millimetres = |paper: Paper, (width, height): (f64, f64)| {
            let mm = |px: f64| (px * paper.points_per_px() / 72.0 * 25.4).round();
            (mm(width), mm(height))
        };
        assert_eq!(millimetres(Paper::A4, Paper::A4.sheets()[0]), (297.0, 210.0));
        assert_eq!(millimetres(Paper::A3, Paper::A3.sheets()[1]), (297.0, 420.0));
        assert_eq!(millimetres(Paper::Slide, Paper::Slide.sheets()[0]), (339.0, 191.0));
    }

    #[test]
    fn every_paper_is_found_by_its_word() {
        assert!(
            Paper::ALL
                .iter()
                .all(|paper| Paper::of_word(paper.word()) == Some(*paper))
        );
        assert_eq!(Paper::of_word("a5"), None);
    }
}
