//! A Drawn map is a problem written as text, one letter an area, for tests, examples and docs.
//!
//! Every cell is a square kilometre; areas are the letters, in alphabetical order; `.` is sea. Money is set so that one person is worth one
//! pound and is one participant.

use super::{
    Adjacency, Area, AreaCode, Assurance, Border, BorderKind, Deal, Funding, Goal, Group, Length, Link, Lock, LotCount,
    LotId, Millionths, Parts, Pence, Plan, Point, Problem, Rules, Search, Seat, Share, Unit, Viability, Volume,
};

/// A map under drawing: chain the setters, then ask for the [`Problem`].
///
/// ```
/// use lotwright::domain::drawn::Drawn;
/// let problem = Drawn::new("aab\nccb").volumes(&[3, 2, 4]).floor(4).problem();
/// assert_eq!(problem.areas().len(), 3);
/// assert_eq!(problem.adjacency().borders().len(), 3);
/// ```
#[derive(Clone, Debug)]
pub struct Drawn {
    rows: Vec<Vec<char>>,
    letters: Vec<char>,
    links: Vec<Link>,
    parts: Parts,
}

impl Drawn {
    /// Reads a drawing; every area has one person to begin with, and nothing is asked but contiguity.
    pub fn new(drawing: &str) -> Self {
        let rows: Vec<Vec<char>> = drawing.lines().map(|line| line.trim().chars().collect()).collect();
        let mut letters: Vec<char> = rows.iter().flatten().copied().filter(|c| *c != '.').collect();
        letters.sort_unstable();
        letters.dedup();
        let areas: Vec<Area> = letters.iter().map(|&letter| area(&rows, letter)).collect();
        let parts = Parts {
            name: "drawn".into(),
            title: "A drawn map".into(),
            areas,
            units: Vec::new(),
            seats: Vec::new(),
            adjacency: Adjacency::default(),
            deals: Vec::new(),
            funding: Funding {
                envelope: Pence(0),
                participants: 0,
                referral_years: 1.0,
            },
            rules: Rules {
                viability: Viability::default(),
                count: LotCount::Max,
                contiguous: true,
                keep_whole: Vec::new(),
                never_together: Vec::new(),
                locks: Vec::new(),
            },
            goals: Vec::new(),
            search: Search::default(),
        };
        Self {
            rows,
            letters,
            links: Vec::new(),
            parts,
        }
    }

    /// So many columns and rows of cells, each an area with a letter of its own, row by row.
    pub fn lattice(columns: u32, rows: u32) -> Self {
        let cell = |at: u32| char::from_u32(0x4e00 + at).unwrap_or('.');
        let row = |row: u32| {
            (0..columns)
                .map(|column| cell(row * columns + column))
                .collect::<String>()
        };
        Self::new(&(0..rows).map(row).collect::<Vec<_>>().join("\n"))
    }

    /// People of the areas, in alphabetical order of their letters.
    pub fn volumes(mut self, people: &[i64]) -> Self {
        for (area, &people) in self.parts.areas.iter_mut().zip(people) {
            area.volume = Volume::people(people);
        }
        self
    }

    /// Least people (and pounds) of a lot.
    pub fn floor(mut self, people: i64) -> Self {
        self.parts.rules.viability.floor_gbp = Some(Pence::pounds(people));
        self
    }

    /// Most people (and pounds) of a lot.
    pub fn cap(mut self, people: i64) -> Self {
        self.parts.rules.viability.cap_gbp = Some(Pence::pounds(people));
        self
    }

    /// The part of its volume that every lot can lose and still reach its floor.
    pub fn survive(mut self, part: f64) -> Self {
        self.parts.rules.viability.survive = Some(Millionths::of(part));
        self
    }

    /// The chance with which every lot reaches its floor, standard deviations of the errors of nation, region and area, and the areas of each region.
    pub fn chance(mut self, chance: f64, sds: [f64; 3], regions: &[&str]) -> Self {
        self.parts.rules.viability.assurance = Some(Assurance::new(Millionths::of(chance), sds.map(Millionths::of)));
        for (region, letters) in regions.iter().enumerate() {
            for letter in letters.chars() {
                let area = self.area(letter);
                self.parts.areas[area].region = Some(region);
            }
        }
        self
    }

    /// How many lots.
    pub fn count(mut self, count: LotCount) -> Self {
        self.parts.rules.count = count;
        self
    }

    /// Whether lots must be in one piece.
    pub fn contiguous(mut self, contiguous: bool) -> Self {
        self.parts.rules.contiguous = contiguous;
        self
    }

    /// A ferry between two areas.
    pub fn ferry(mut self, from: char, to: char) -> Self {
        let (from, to) = (self.area(from), self.area(to));
        self.links.push(Link {
            from,
            to,
            kind: "ferry".into(),
            name: "ferry".into(),
        });
        self
    }

    /// A group of areas that no lot boundary may cut.
    pub fn keep_whole(mut self, letters: &str) -> Self {
        let group = self.group(letters);
        self.parts.rules.keep_whole.push(group);
        self
    }

    /// Two groups of areas of which no lot may hold both.
    pub fn never_together(mut self, one: &str, other: &str) -> Self {
        let pair = (self.group(one), self.group(other));
        self.parts.rules.never_together.push(pair);
        self
    }

    /// An area locked to a lot.
    pub fn lock(mut self, letter: char, lot: &str) -> Self {
        let area = self.area(letter);
        self.parts.rules.locks.push(Lock {
            area,
            lot: LotId::new(lot),
            seat: None,
        });
        self
    }

    /// A deal with the status `co-design`.
    pub fn deal(mut self, letters: &str) -> Self {
        let areas = self.group(letters).areas;
        self.parts.deals.push(Deal {
            name: letters.into(),
            status: "co-design".into(),
            areas,
        });
        self
    }

    /// A goal, after those given before.
    pub fn goal(mut self, goal: Goal) -> Self {
        self.parts.goals.push(goal);
        self
    }

    /// How to search.
    pub fn search(mut self, search: Search) -> Self {
        self.parts.search = search;
        self
    }

    /// Units of several areas, such as `["ab", "bc"]`; an area in two of them is split in halves. Areas in none are units of their own.
    pub fn units(mut self, units: &[&str]) -> Self {
        let mut named: Vec<String> = units.iter().map(|unit| unit.to_string()).collect();
        named.extend(
            self.letters
                .iter()
                .filter(|l| !units.iter().any(|unit| unit.contains(**l)))
                .map(char::to_string),
        );
        for name in named {
            self.parts.units.push(Unit {
                id: name.clone(),
                name,
                seats: Vec::new(),
                volume: Volume::ZERO,
                homes: Vec::new(),
            });
        }
        self
    }

    /// A double member: the area goes with one of the units that hold the areas `homes`. Call it after [`Drawn::units`].
    pub fn chooses(mut self, letter: char, homes: &str) -> Self {
        if self.parts.units.is_empty() {
            self = self.units(&[]);
        }
        let holding = |letter: char| self.parts.units.iter().position(|unit| unit.id.contains(letter));
        let homes = homes.chars().filter_map(holding).collect();
        if let Some(unit) = holding(letter) {
            self.parts.units[unit].homes = homes;
        }
        self
    }

    /// The problem.
    pub fn problem(mut self) -> Problem {
        if self.parts.units.is_empty() {
            self = self.units(&[]);
        }
        for (index, &letter) in self.letters.iter().enumerate() {
            let holders: Vec<usize> = (0..self.parts.units.len())
                .filter(|&u| self.parts.units[u].id.contains(letter))
                .collect();
            let shares = Share::equal_parts(holders.len());
            let volumes = self.parts.areas[index].volume.equal_parts(holders.len());
            for ((unit, share), volume) in holders.into_iter().zip(shares).zip(volumes) {
                self.parts.units[unit].seats.push(self.parts.seats.len());
                self.parts.units[unit].volume += volume;
                self.parts.seats.push(Seat {
                    area: index,
                    unit,
                    share,
                    volume,
                });
            }
        }
        let total: Volume = self.parts.areas.iter().map(|area| area.volume).sum();
        self.parts.funding.envelope = Pence(total.0 / 10);
        self.parts.funding.participants = total.0 / 1000;
        self.parts.adjacency = Adjacency::new(self.letters.len(), self.borders(), std::mem::take(&mut self.links));
        Problem::new(self.parts)
    }

    /// The plan that a drawing of the same size shows, one digit or letter a lot; `.` and `?` are no lot.
    pub fn plan(&self, problem: &Problem, drawing: &str) -> Plan {
        let lots: Vec<Vec<char>> = drawing.lines().map(|line| line.trim().chars().collect()).collect();
        let mut labels: Vec<LotId> = Vec::new();
        let mut lot_of_area = vec![None; self.letters.len()];
        for (row, cells) in self.rows.iter().enumerate() {
            for (column, &letter) in cells.iter().enumerate().filter(|(_, letter)| **letter != '.') {
                let mark = lots[row][column];
                if mark != '?' && mark != '.' {
                    let label = LotId::new(&mark.to_string());
                    let lot = labels.iter().position(|known| *known == label).unwrap_or_else(|| {
                        labels.push(label);
                        labels.len() - 1
                    });
                    lot_of_area[self.area(letter)] = Some(lot);
                }
            }
        }
        let lot_of_seat: Vec<Option<usize>> = problem.seats().iter().map(|seat| lot_of_area[seat.area]).collect();
        Plan::labelled(&labels, &lot_of_seat)
    }

    /// A plan drawn like the map, the first character of each lot's label in every cell.
    pub fn draw(&self, problem: &Problem, plan: &Plan) -> String {
        let mark = |letter: &char| {
            let seat = self
                .letters
                .iter()
                .position(|l| l == letter)
                .map(|area| problem.seats_of_area(area)[0]);
            let lot = seat.and_then(|seat| plan.lot_of_seat(seat));
            lot.and_then(|lot| plan.lots()[lot].as_str().chars().next())
                .unwrap_or(if *letter == '.' { '.' } else { '?' })
        };
        let lines: Vec<String> = self.rows.iter().map(|row| row.iter().map(mark).collect()).collect();
        lines.join("\n")
    }

    /// Index of the area of a letter.
    ///
    /// # Panics
    /// If the letter is not on the map: a slip of the pen in a test.
    #[allow(clippy::panic, reason = "a drawn map is for tests, which should stop at a slip")]
    pub fn area(&self, letter: char) -> usize {
        self.letters
            .binary_search(&letter)
            .unwrap_or_else(|_| panic!("there is no `{letter}` on the map"))
    }

    fn group(&self, letters: &str) -> Group {
        let mut areas: Vec<usize> = letters.chars().map(|letter| self.area(letter)).collect();
        areas.sort_unstable();
        Group {
            name: letters.into(),
            areas,
        }
    }

    fn borders(&self) -> Vec<Border> {
        let mut borders = Vec::new();
        let at = |row: usize, column: usize| self.rows.get(row)?.get(column).copied().filter(|c| *c != '.');
        for (row, cells) in self.rows.iter().enumerate() {
            for column in 0..cells.len() {
                for other in [at(row + 1, column), at(row, column + 1)] {
                    if let (Some(a), Some(b)) = (at(row, column), other)
                        && a != b
                    {
                        borders.push(Border {
                            from: self.area(a),
                            to: self.area(b),
                            length: Length::from_metres(1000.0),
                            kind: BorderKind::Exact,
                        });
                    }
                }
            }
        }
        borders
    }
}

fn area(rows: &[Vec<char>], letter: char) -> Area {
    let mut cells: Vec<(f64, f64)> = Vec::new();
    for (row, line) in rows.iter().enumerate() {
        let found = line.iter().enumerate().filter(|(_, cell)| **cell == letter);
        cells.extend(found.map(|(column, _)| (column as f64, (rows.len() - row) as f64)));
    }
    let mean = |of: fn(&(f64, f64)) -> f64| 1000.0 * cells.iter().map(of).sum::<f64>() / cells.len().max(1) as f64;
    Area {
        code: AreaCode::new(&letter.to_string()),
        name: letter.to_string(),
        volume: Volume::people(1),
        centre: Point {
            easting: mean(|cell| cell.0),
            northing: mean(|cell| cell.1),
        },
        region: None,
    }
}
